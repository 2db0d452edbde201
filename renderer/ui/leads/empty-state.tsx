/** No leads, or none that match: what to do about it. */
import { Button, Group } from '@mantine/core';
import { IconFileSpreadsheet, IconFilterOff, IconUpload } from '@tabler/icons-react';
import { ANY_TIME, describeCreated } from '../../../shared/filter/created-range.ts';
import { countOf } from '../format.ts';
import { chooseFile } from '../state/imports.ts';
import { clearFilters, createdIn, isFiltered, useLeads } from '../state/leads.ts';
import classes from './empty-state.module.css';

export function EmptyState() {
  return (
    <div className={classes.empty}>
      <div className={classes.target}>
        <span className={classes.icon}>
          <IconFileSpreadsheet size={28} stroke={1.5} />
        </span>
        <h2 className={classes.title}>Drop a CSV file here</h2>
        <p className={classes.text}>
          Each row becomes a lead. People who are in the file twice, or are leads already, are
          merged by their phone number, however it is written.
        </p>
        <Button
          variant="default"
          leftSection={<IconUpload size={16} />}
          onClick={() => void chooseFile()}
        >
          Choose a file
        </Button>
      </div>
    </div>
  );
}

/** There are leads, but what is asked for hides them all. */
export function NoMatch() {
  const { query, page } = useLeads();
  const outside = page?.outsideRange ?? 0;
  return (
    <div className={classes.empty}>
      <div className={classes.target}>
        <span className={classes.icon}>
          <IconFilterOff size={28} stroke={1.5} />
        </span>
        <h2 className={classes.title}>No lead matches</h2>
        <p className={classes.text}>
          {outside > 0
            ? `${countOf(outside, 'lead')} ${outside === 1 ? 'matches' : 'match'}, but came in outside “${describeCreated(query.created)}”.`
            : 'Try fewer words, or take a filter away.'}
        </p>
        <Group gap="xs" justify="center">
          {outside > 0 && (
            <Button onClick={() => createdIn(ANY_TIME)}>Show {countOf(outside, 'lead')}</Button>
          )}
          {isFiltered(query) && (
            <Button variant="default" onClick={clearFilters}>
              Start over
            </Button>
          )}
        </Group>
      </div>
    </div>
  );
}

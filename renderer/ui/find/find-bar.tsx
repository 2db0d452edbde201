/** Above the table: search, when leads came in, conditions, and the way back to all of it cleared. */
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { ANY_TIME } from '../../../shared/filter/created-range.ts';
import { countOf } from '../format.ts';
import { clearFilters, createdIn, isFiltered, useLeads } from '../state/leads.ts';
import { CreatedFilter } from './created-filter.tsx';
import { FilterChips, FiltersButton } from './filters.tsx';
import classes from './find-bar.module.css';
import { SearchBox } from './search-box.tsx';

export function FindBar() {
  const canClear = useLeads(({ query }) => isFiltered(query));
  return (
    <section className={classes.bar} aria-label="Find leads">
      <SearchBox />
      <CreatedFilter />
      <FiltersButton />
      <FilterChips />
      {canClear && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconFilterOff size={15} />}
          onClick={clearFilters}
        >
          Clear Filters
        </Button>
      )}
      <OutsideRange />
    </section>
  );
}

/** Says that the date filter hides matches; one click shows them. */
function OutsideRange() {
  const outside = useLeads((leads) => leads.page?.outsideRange ?? 0);
  if (outside === 0) return null;
  return (
    <Button
      size="xs"
      variant="subtle"
      className={classes.outside}
      onClick={() => createdIn(ANY_TIME)}
    >
      {countOf(outside, 'more', 'more')} outside this range
    </Button>
  );
}

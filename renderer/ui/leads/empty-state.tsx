/** No leads yet: what to do about it. */
import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { chooseFile } from '../state/imports.ts';
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

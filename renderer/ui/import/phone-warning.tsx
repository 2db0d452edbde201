/** A file without phone numbers makes leads that nobody can call: understood first. */
import { Checkbox } from '@mantine/core';
import { choose } from '../state/imports.ts';
import { Notice } from './notice.tsx';
import classes from './phone-warning.module.css';

export function PhoneWarning({ checked }: { checked: boolean }) {
  return (
    <Notice tone="warning" title="No column has the phone numbers">
      A lead is known by its phone number. Without one, every row becomes a lead of its own that
      still needs a number.
      <Checkbox
        className={classes.checkbox}
        label="Import without phone numbers"
        required
        checked={checked}
        onChange={(event) => choose({ withoutPhone: event.currentTarget.checked })}
      />
    </Notice>
  );
}

/** The country whose numbers need no country code in the file. */
import { Select } from '@mantine/core';
import { countryChoices } from './countries.ts';
import classes from './country-select.module.css';

interface CountrySelectProps {
  country: string;
  onChange(country: string): void;
}

export function CountrySelect({ country, onChange }: CountrySelectProps) {
  return (
    <Select
      className={classes.select}
      label="Country for numbers without a country code"
      data={countryChoices()}
      value={country}
      onChange={(value) => {
        if (value !== null) onChange(value);
      }}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage="No such country"
      maxDropdownHeight={220}
      comboboxProps={{ keepMounted: false }}
    />
  );
}

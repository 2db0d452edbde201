/** Free text over all fields, as one types. */
import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { isTyping } from '../state/changes.ts';
import { searchLeads, useLeads } from '../state/leads.ts';
import classes from './search-box.module.css';

export function SearchBox() {
  const search = useLeads((leads) => leads.query.search);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      const isSlash = event.key === '/' && !event.ctrlKey && !isTyping(event.target);
      if (!isFind && !isSlash) return;
      event.preventDefault();
      input.current?.select();
      input.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  return (
    <TextInput
      ref={input}
      size="xs"
      className={classes.box}
      aria-label="Search leads"
      placeholder="Search leads"
      value={search}
      onChange={(event) => searchLeads(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') searchLeads('');
      }}
      leftSection={<IconSearch size={15} />}
      rightSection={
        search !== '' && (
          <ActionIcon size="sm" aria-label="Clear search" onClick={() => searchLeads('')}>
            <IconX size={14} />
          </ActionIcon>
        )
      }
    />
  );
}

/** Paging: where one is, how many there are, and how to get on. */
import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { type LeadPage, type LeadQuery, PAGE_SIZES } from '../../store/store-contract.ts';
import { formatCount } from '../format.ts';
import { goToPage, setPageSize, useLeads } from '../state/leads.ts';
import classes from './pager.module.css';

export function Pager() {
  const page = useLeads((leads) => leads.page);
  const query = useLeads((leads) => leads.query);
  const sizeId = useId();
  if (page === null) return null;
  const pages = Math.max(1, Math.ceil(page.total / query.pageSize));
  return (
    <footer className={classes.pager}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
      <span role="group" aria-label="Total leads" className={classes.total}>
        {rangeText(page, query)}
      </span>
      <span className={classes.needs}>{needsText(page)}</span>
      <div className={classes.size}>
        <label htmlFor={sizeId}>Leads per page</label>
        <NativeSelect
          id={sizeId}
          size="xs"
          value={String(query.pageSize)}
          data={PAGE_SIZES.map(String)}
          onChange={(event) => setPageSize(Number(event.currentTarget.value))}
        />
      </div>
      <nav className={classes.pages} aria-label="Pages">
        <ActionIcon
          aria-label="Previous page"
          disabled={query.page === 0}
          onClick={() => goToPage(query.page - 1)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <PageBox page={query.page} pages={pages} />
        <ActionIcon
          aria-label="Next page"
          disabled={query.page >= pages - 1}
          onClick={() => goToPage(query.page + 1)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </nav>
    </footer>
  );
}

/** A box to type a page into; what makes no sense is put back. */
function PageBox({ page, pages }: { page: number; pages: number }) {
  const [text, setText] = useState(String(page + 1));
  useEffect(() => setText(String(page + 1)), [page]);
  const go = () => {
    const wanted = Math.trunc(Number(text));
    if (text.trim() === '' || !Number.isFinite(wanted)) return setText(String(page + 1));
    const target = Math.min(Math.max(wanted, 1), pages);
    setText(String(target));
    if (target !== page + 1) goToPage(target - 1);
  };
  return (
    <span className={classes.box}>
      <TextInput
        size="xs"
        aria-label="Page number"
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go();
          if (event.key === 'Escape') setText(String(page + 1));
        }}
        classNames={{ input: classes.number ?? '' }}
      />
      <span>of {formatCount(pages)}</span>
    </span>
  );
}

function rangeText({ total, rows, page }: LeadPage, { pageSize }: LeadQuery): string {
  if (total === 0) return '0 leads';
  const first = page * pageSize + 1;
  return `${formatCount(first)}–${formatCount(first + rows.length - 1)} of ${formatCount(total)}`;
}

function needsText({ needsPhone }: LeadPage): string {
  return needsPhone === 0 ? '' : `${formatCount(needsPhone)} without a usable phone`;
}

/** All leads: the table with its pages, or what stands in its place. */
import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { FindBar } from '../find/find-bar.tsx';
import { isFiltered, reloadLeads, useLeads } from '../state/leads.ts';
import { EmptyState, NoMatch } from './empty-state.tsx';
import { LeadsTable } from './leads-table.tsx';
import classes from './leads-view.module.css';
import { Pager } from './pager.tsx';

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function LeadsView() {
  const total = useLeads((leads) => leads.page?.total);
  const problem = useLeads((leads) => leads.problem);
  const isNarrowed = useLeads(
    ({ query, page }) => isFiltered(query) || (page?.outsideRange ?? 0) > 0,
  );
  return (
    <div className={classes.view}>
      <FindBar />
      {problem !== null && <QueryProblem problem={problem} />}
      <div className={classes.place}>
        {total === undefined && problem === null && <TableSkeleton />}
        {total === 0 && (isNarrowed ? <NoMatch /> : <EmptyState />)}
        <div className={classes.leads} data-empty={!total}>
          <LeadsTable />
          <Pager />
        </div>
      </div>
    </div>
  );
}

function QueryProblem({ problem }: { problem: string }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} className={classes.problem}>
      The leads could not be read: {problem}{' '}
      <Button size="compact-xs" variant="default" onClick={reloadLeads}>
        Try again
      </Button>
    </Alert>
  );
}

function TableSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Leads are loading">
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} height={14} radius="sm" />
      ))}
    </div>
  );
}

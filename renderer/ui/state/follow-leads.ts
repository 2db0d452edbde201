/** Keeps the table up to date with what changes in the store. */
import { store } from '../store-client.ts';
import { useImports } from './imports.ts';
import { leadsChanged, reloadLeads } from './leads.ts';

/** Asks for the page on screen again whenever leads changed. */
export function followLeads(): void {
  let missed = false;
  store.on('leadsChanged', () => {
    // Behind the dialog of a running import nobody reads the table: drawing it would cost the window.
    if (isImporting()) missed = true;
    else leadsChanged();
  });
  useImports.subscribe(() => {
    if (!missed || isImporting()) return;
    missed = false;
    reloadLeads();
  });
}

function isImporting(): boolean {
  const { current, isOpen } = useImports.getState();
  return isOpen && current?.step === 'running';
}

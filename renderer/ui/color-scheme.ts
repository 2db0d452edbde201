/** Light, dark or the system's: kept in this window's storage, set on the root element. */
import { localStorageColorSchemeManager, type MantineColorScheme } from '@mantine/core';

const STORAGE_KEY = 'satchel.theme';

/** Where Mantine reads and writes the chosen scheme. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: STORAGE_KEY });

/** Sets the scheme on the document before anything is painted. */
export function applyColorScheme(): void {
  const chosen: MantineColorScheme = colorSchemeManager.get('auto');
  const isDark =
    chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
}

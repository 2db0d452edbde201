/** The application menu: what keyboards need, hidden behind Alt where there is a menu bar. */
import type { MenuItemConstructorOptions } from 'electron';

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };

export function applicationMenu(platform: NodeJS.Platform, allowDevTools: boolean): Item[] {
  const isMac = platform === 'darwin';
  const first: Item = isMac
    ? { role: 'appMenu' }
    : { label: '&File', submenu: [{ role: 'close' }, SEPARATOR, { role: 'quit' }] };
  return [
    first,
    edit(isMac),
    view(allowDevTools),
    ...(isMac ? [{ role: 'windowMenu' } as Item] : []),
  ];
}

/** Undo belongs to the page: elsewhere than on macOS, text fields have theirs without a menu. */
function edit(isMac: boolean): Item {
  const undo: Item[] = isMac ? [{ role: 'undo' }, { role: 'redo' }, SEPARATOR] : [];
  const clipboard: Item[] = [
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  return { label: '&Edit', submenu: [...undo, ...clipboard] };
}

function view(allowDevTools: boolean): Item {
  const zoom: Item[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];
  const tools: Item[] = allowDevTools
    ? [SEPARATOR, { role: 'reload' }, { role: 'toggleDevTools' }]
    : [];
  return { label: '&View', submenu: [...zoom, SEPARATOR, { role: 'togglefullscreen' }, ...tools] };
}

/** What a page may not do: leave the app, open windows, embed, ask for devices or the network. */
import type { App, Session, WebContents } from 'electron';
import { INDEX, isOwnUrl } from '../protocol/asset-path.ts';
import { mayOpenOutside } from './external-links.ts';

/** Holds the data against eviction; the only thing ever allowed. */
const PERSISTENCE = 'persistent-storage';
const NETWORK = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'];

export type OpenOutside = (url: string) => void;

/** Guards every page there is or will be. */
export function guardPages(app: App, openOutside: OpenOutside): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, openOutside));
}

/** Denies permissions, and any request that goes past the main process to the network. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback) =>
    callback(isAllowed(permission, contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: NETWORK }, (_details, callback) =>
    callback({ cancel: true }),
  );
}

export function isAllowed(permission: string, url: string): boolean {
  return permission === PERSISTENCE && isOwnUrl(url);
}

/** Whether the window may go to an address: to its own page again, and nowhere else. */
export function mayNavigate(url: string): boolean {
  return isOwnUrl(url) && ['/', `/${INDEX}`].includes(new URL(url).pathname);
}

function guardPage(contents: WebContents, openOutside: OpenOutside): void {
  const open = (url: string) => {
    if (mayOpenOutside(url)) openOutside(url);
  };
  contents.on('will-navigate', (event, url) => {
    if (mayNavigate(url)) return;
    event.preventDefault();
    open(url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    open(url);
    return { action: 'deny' };
  });
}

/** Puts the parts of the running app together. */
import os from 'node:os';
import path from 'node:path';
import {
  app,
  ipcMain,
  Menu,
  type MessagePortMain,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
} from 'electron';
import { appHandlers } from './handlers.ts';
import { ImportHost } from './import-host.ts';
import { importRuntime } from './import-runtime.ts';
import { isFromOurPage } from './ipc/sender.ts';
import { serveWindow } from './ipc/serve-window.ts';
import { KnownFiles } from './known-files.ts';
import { launchOptions } from './launch-options.ts';
import { applicationMenu } from './menu.ts';
import { SCHEME } from './protocol/asset-path.ts';
import { serveApp } from './protocol/serve-app.ts';
import { Quitting } from './quitting.ts';
import { keepsSecrets } from './runtime-differences.ts';
import { accountsOver } from './session/accounts.ts';
import { installationOf } from './session/installation.ts';
import { countryOf, systemTimeZone } from './session/place.ts';
import { profilesFile } from './session/profiles-file.ts';
import { Session } from './session/session.ts';
import { TokenFile, type Vault } from './session/token-file.ts';
import { eventStream } from './sync/event-stream.ts';
import { watchNetwork } from './sync/network-watch.ts';
import { type Fetch, serverClient } from './sync/server-client.ts';
import { SyncHost } from './sync/sync-host.ts';
import { AppTray } from './tray/app-tray.ts';
import { statusLine } from './tray/status-line.ts';
import { guardPages, guardSession } from './window/guards.ts';
import { MainWindow } from './window/main-window.ts';
import { recoverFromCrashes } from './window/recovery.ts';

/** Longest name of a device that the server takes. */
const DEVICE_NAME = 80;
/** Whatever still holds the app up this long after it was told to leave, it goes. */
const LEAVE_MS = 3000;

/** @param dist folder of the built parts */
export async function startApp(dataFolder: string, dist: string): Promise<void> {
  guardPages(app, (url) => void shell.openExternal(url));
  await app.whenReady();
  guardSession(session.defaultSession);
  protocol.handle(SCHEME, serveApp(path.join(dist, 'renderer')));
  const running = new RunningApp(dataFolder, dist);
  await running.open();
}

class RunningApp {
  private readonly quitting: Quitting;
  private readonly window: MainWindow;
  private readonly session: Session;
  private readonly sync: SyncHost;
  private readonly imports: ImportHost<MessagePortMain>;
  private tray: AppTray | undefined;

  constructor(
    dataFolder: string,
    private readonly dist: string,
  ) {
    const fetch = networkFetch();
    const call = serverClient(fetch);
    this.quitting = this.makeQuitting();
    this.window = this.makeWindow(dataFolder);
    this.imports = new ImportHost(importRuntime(path.join(dist, 'import', 'import.cjs')), {
      port: (importId, port) => this.window.postPort({ satchelPort: 'import', importId }, port),
      failed: (importId, problem) => this.window.emit('importFailed', { importId, problem }),
    });
    this.sync = new SyncHost(
      { call, openStream: eventStream(fetch) },
      {
        connection: () => this.showStatus(),
        refused: (account) => {
          if (this.session.refused(account)) this.window.emit('appState', this.session.state());
        },
        revoked: (account) => {
          if (this.session.revoked(account)) this.window.emit('appState', this.session.state());
        },
      },
    );
    this.session = new Session({
      accounts: accountsOver(call),
      profiles: profilesFile(dataFolder),
      tokens: new TokenFile(dataFolder, systemVault()),
      device: os.hostname().slice(0, DEVICE_NAME),
      country: countryOf(locales()),
      timeZone: systemTimeZone(),
      ...launchOptions((name) => app.commandLine.getSwitchValue(name)),
      installation: installationOf(dataFolder),
      version: app.getVersion(),
      onChange: () => this.followProfile(),
    });
  }

  async open(): Promise<void> {
    const { window, quitting, session, sync, imports } = this;
    const parts = { window, quitting, session, sync, imports, files: new KnownFiles() };
    serveWindow(ipcMain, appHandlers(parts), (event) => isFromOurPage(event, window.contents));
    this.listen();
    this.followProfile();
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(applicationMenu(process.platform, !app.isPackaged)),
    );
    const actions = { open: () => window.focus(), quit: () => app.quit() };
    [this.tray] = await Promise.all([AppTray.make(actions), window.load()]);
    this.showStatus();
  }

  private makeQuitting(): Quitting {
    return new Quitting({
      askWindow: () => {
        this.window.hide();
        this.window.emit('quitting', {});
      },
      quit: () => {
        setTimeout(() => app.exit(0), LEAVE_MS).unref();
        app.quit();
      },
    });
  }

  private makeWindow(folder: string): MainWindow {
    return new MainWindow({
      folder,
      preload: path.join(this.dist, 'preload', 'preload.cjs'),
      allowDevTools: !app.isPackaged,
      onFirstShown: () => console.log('ready: window open'),
      onClose: () => this.onClose(),
    });
  }

  /** Closing hides, and sync goes on; without a tray to come back from, it quits. */
  private onClose(): boolean {
    if (this.quitting.isLeaving) return true;
    if (this.tray || process.platform === 'darwin') this.window.hide();
    else app.quit();
    return false;
  }

  private listen(): void {
    const { window, quitting, sync } = this;
    recoverFromCrashes(window.window, {
      onGone: () => this.onPageGone(),
      isQuitting: () => quitting.hasBegun,
      quit: () => app.quit(),
    });
    window.contents?.on('did-start-navigation', (event) => {
      if (event.isMainFrame && !event.isSameDocument) this.onPageGone();
    });
    app.on('second-instance', () => window.focus());
    app.on('activate', () => window.focus());
    app.on('before-quit', (event) => quitting.beforeQuit(event));
    app.on('will-quit', () => this.end());
    const onWake = (listener: () => void) => {
      powerMonitor.on('resume', listener);
      powerMonitor.on('unlock-screen', listener);
    };
    watchNetwork({ isOnline: () => net.isOnline(), onWake }, () => sync.reconnect());
  }

  /** A page that is replaced takes its store worker, and what served it, along. */
  private onPageGone(): void {
    this.imports.abandon();
    this.quitting.expectNoAnswer();
  }

  private followProfile(): void {
    this.sync.follow(this.session.account());
    this.showStatus();
  }

  private showStatus(): void {
    this.tray?.setStatus(statusLine(this.session.state().profile, this.sync.connection));
  }

  private end(): void {
    this.imports.abandon();
    this.sync.stop();
    this.tray?.destroy();
  }
}

/**
 * Chromium's network stack knows the system's proxies and certificates. A session of its own, in
 * memory, keeps it apart from the window's, which may not reach the network at all.
 */
function networkFetch(): Fetch {
  const network = session.fromPartition('network', { cache: false });
  guardNetwork(network);
  return (url, init) => network.fetch(url, init);
}

/** Nothing is ever shown in that session; should that change, it would be without rights. */
function guardNetwork(network: Electron.Session): void {
  network.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  network.setPermissionCheckHandler(() => false);
}

function systemVault(): Vault {
  return {
    isAvailable: () => keepsSecrets(safeStorage, process.platform),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (data) => safeStorage.decryptString(data),
  };
}

function locales() {
  const languages = [...app.getPreferredSystemLanguages(), app.getLocale()];
  return { country: app.getLocaleCountryCode(), languages };
}

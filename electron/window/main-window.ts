/** The app's one window. */
import {
  BrowserWindow,
  type MessagePortMain,
  nativeImage,
  nativeTheme,
  screen,
  type WebContents,
} from 'electron';
import appIcon from '../../build/icons/icon.png?inline';
import type { AppEvent, PortMessage } from '../../shared/ipc/app-contract.ts';
import { type EventPayload, eventChannel, PORT_CHANNEL } from '../../shared/ipc/preload-api.ts';
import { ORIGIN } from '../protocol/asset-path.ts';
import {
  MIN_HEIGHT,
  MIN_WIDTH,
  type PlacementFile,
  placementFile,
  startPlacement,
} from './window-bounds.ts';

const BACKGROUND = { light: '#ffffff', dark: '#17171b' };
const SAVE_AFTER_MS = 500;

export interface WindowOptions {
  /** Data folder. */
  folder: string;
  preload: string;
  allowDevTools: boolean;
  onFirstShown(): void;
  /** Somebody closed the window. @returns whether it may go */
  onClose(): boolean;
}

export class MainWindow {
  readonly window: BrowserWindow;
  private readonly placement: PlacementFile;
  private saveTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WindowOptions) {
    this.placement = placementFile(options.folder);
    this.window = this.make();
    this.keepBackground();
    this.keepPlacement();
    this.window.on('close', (event) => {
      if (!options.onClose()) event.preventDefault();
    });
    this.window.once('show', options.onFirstShown);
    this.window.once('ready-to-show', () => this.window.show());
  }

  async load(): Promise<void> {
    await this.window.loadURL(`${ORIGIN}/`);
  }

  get contents(): WebContents | undefined {
    return this.window.isDestroyed() ? undefined : this.window.webContents;
  }

  /** Brings the window to the front, from wherever it is. */
  focus(): void {
    if (this.window.isDestroyed()) return;
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  hide(): void {
    if (!this.window.isDestroyed()) this.window.hide();
  }

  emit<E extends AppEvent>(event: E, payload: EventPayload<E>): void {
    this.contents?.send(eventChannel(event), payload);
  }

  postPort(message: PortMessage, port: MessagePortMain): void {
    this.contents?.postMessage(PORT_CHANNEL, message, [port]);
  }

  private make(): BrowserWindow {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const start = startPlacement(this.placement.read(), areas);
    const window = new BrowserWindow({
      ...start.size,
      ...start.position,
      minWidth: MIN_WIDTH,
      minHeight: MIN_HEIGHT,
      show: false,
      title: 'Satchel',
      icon: nativeImage.createFromDataURL(appIcon),
      autoHideMenuBar: true,
      backgroundColor: background(),
      webPreferences: {
        preload: this.options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: this.options.allowDevTools,
        // The store worker lives in this page, and goes on while the window is hidden.
        backgroundThrottling: false,
      },
    });
    if (start.maximized) window.once('ready-to-show', () => window.maximize());
    return window;
  }

  private keepBackground(): void {
    const follow = () => {
      if (!this.window.isDestroyed()) this.window.setBackgroundColor(background());
    };
    nativeTheme.on('updated', follow);
    this.window.once('closed', () => nativeTheme.off('updated', follow));
  }

  private keepPlacement(): void {
    const soon = () => {
      clearTimeout(this.saveTimer);
      this.saveTimer = setTimeout(() => this.savePlacement(), SAVE_AFTER_MS);
    };
    this.window.on('resize', soon);
    this.window.on('move', soon);
    this.window.on('maximize', soon);
    this.window.on('unmaximize', soon);
    this.window.on('close', () => this.savePlacement());
  }

  private savePlacement(): void {
    clearTimeout(this.saveTimer);
    if (this.window.isDestroyed() || this.window.isFullScreen()) return;
    const placement = {
      bounds: this.window.getNormalBounds(),
      maximized: this.window.isMaximized(),
    };
    try {
      this.placement.write(placement);
    } catch (error) {
      // A window that forgets its place is no reason to bother anybody.
      console.error('The window’s place could not be kept:', error);
    }
  }
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** The icon that stays when the window is closed. */
import { Menu, nativeImage, Tray } from 'electron';
import trayIconDouble from '../../build/icons/tray@2x.png?inline';
import trayIcon from '../../build/icons/tray.png?inline';
import trayTemplateDouble from '../../build/icons/trayTemplate@2x.png?inline';
import trayTemplate from '../../build/icons/trayTemplate.png?inline';
import { showsTrayIcons } from './tray-host.ts';

export interface TrayActions {
  open(): void;
  quit(): void;
}

export class AppTray {
  private constructor(
    private readonly tray: Tray,
    private readonly actions: TrayActions,
  ) {
    tray.setToolTip('Satchel');
    tray.on('click', actions.open);
    this.setStatus('');
  }

  /** Undefined where no tray can be made, or nobody would see it. */
  static async make(actions: TrayActions): Promise<AppTray | undefined> {
    if (!(await showsTrayIcons(process.platform, process.env))) return undefined;
    try {
      return new AppTray(new Tray(image()), actions);
    } catch (error) {
      console.error('No tray icon could be made:', error);
      return undefined;
    }
  }

  /** Linux shows changes of a menu only when it is set again. */
  setStatus(status: string): void {
    if (this.tray.isDestroyed()) return;
    const { open, quit } = this.actions;
    const menu = Menu.buildFromTemplate([
      { label: 'Open Satchel', click: open },
      { label: status || 'Starting…', enabled: false },
      { type: 'separator' },
      { label: 'Quit', click: quit },
    ]);
    this.tray.setContextMenu(menu);
  }

  destroy(): void {
    this.tray.destroy();
  }
}

/** macOS colours template images itself; elsewhere the icon has its own colours. */
function image() {
  const isMac = process.platform === 'darwin';
  const [single, double] = isMac ? [trayTemplate, trayTemplateDouble] : [trayIcon, trayIconDouble];
  const icon = nativeImage.createFromDataURL(single);
  icon.addRepresentation({ scaleFactor: 2, dataURL: double });
  icon.setTemplateImage(isMac);
  return icon;
}

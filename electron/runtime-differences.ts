/**
 * All that differs between the Electrons the app runs on: the current one, and the older one that
 * stands in for it on machines which can't download it. Shared by main and preload, so nothing
 * here imports Electron or Node: what is there or not is passed in.
 */

/** Electron 32 took `path` from File and gave `webUtils` (29) instead. */
export interface WebUtils {
  getPathForFile(file: File): string;
}

/** The path of a file that a person dropped or chose; '' where it has none on disk. */
export function pathOfFile(file: File, webUtils: WebUtils | undefined): string {
  if (webUtils) return webUtils.getPathForFile(file);
  return 'path' in file && typeof file.path === 'string' ? file.path : '';
}

/** The part of Electron's safeStorage that tells whether it keeps secrets. */
export interface SecretStorage {
  isEncryptionAvailable(): boolean;
  /** On Linux, since Electron 27. */
  getSelectedStorageBackend?(): string;
}

/**
 * Whether the system keeps a key for us. Without a keyring, older Electrons say no; newer ones may
 * say yes and encrypt with a password that everybody knows, which is worth no more than none.
 */
export function keepsSecrets(storage: SecretStorage, platform: NodeJS.Platform): boolean {
  if (!storage.isEncryptionAvailable()) return false;
  return platform !== 'linux' || storage.getSelectedStorageBackend?.() !== 'basic_text';
}

/** Globals that current Node has, and Electron 25's Node 18 only as exports of its modules. */
export type LateGlobals = Partial<Record<'crypto' | 'File', unknown>>;

/** Adds the globals that `scope` lacks, for libraries that take them for granted. */
export function addMissingGlobals(scope: object, globals: LateGlobals): void {
  for (const [name, value] of Object.entries(globals)) {
    if (name in scope) continue;
    Object.defineProperty(scope, name, { value, configurable: true, writable: true });
  }
}

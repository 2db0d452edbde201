/** Starts the real app for a test: in a data folder of its own, with everything it complains about. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ConsoleMessage, type ElectronApplication, type Page } from 'playwright';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = 'ready: window open';
const OPEN_MS = 60_000;
const QUIT_MS = 20_000;

export interface LaunchOptions {
  /** Folder of the app, with its package.json; the repository's own by default. */
  appDir?: string;
  /** A folder that is kept; by default a new one, which goes with the app. */
  dataDir?: string;
  /** More switches for the app. */
  args?: string[];
  /** Stands in for the binary and starts it; as it may do so in a namespace, without a sandbox. */
  starter?: string;
}

/** The app as one person has it open. */
export interface Laptop {
  app: ElectronApplication;
  /** The one window. */
  page: Page;
  dataDir: string;
  /** Errors on the console, uncaught ones and violations of the content security policy. */
  problems: string[];
  /** All that the main process has printed so far. */
  printed(): string;
  /** Quits as a person would, once, and removes the data folder unless it was given. */
  close(): Promise<void>;
}

/** Resolves when the window is shown; what fails before leaves nothing behind. */
export async function launchApp(options: LaunchOptions = {}): Promise<Laptop> {
  // Electron's own package, which Playwright asks for the binary, goes by this variable.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = electronFolder();
  const dataDir = options.dataDir ?? temporaryFolder('satchel-e2e-');
  const cleanUp = () => {
    if (options.dataDir === undefined) remove(dataDir);
  };
  try {
    return await open(options, dataDir, cleanUp);
  } catch (error) {
    cleanUp();
    throw error;
  }
}

async function open(
  { appDir = ROOT, args = [], starter }: LaunchOptions,
  dataDir: string,
  cleanUp: () => void,
): Promise<Laptop> {
  const app = await _electron.launch({
    args: [appDir, `--user-data-dir=${dataDir}`, ...args],
    cwd: ROOT,
    env: appEnvironment(),
    chromiumSandbox: process.getuid?.() !== 0 && starter === undefined,
    ...(starter === undefined ? {} : { executablePath: starter }),
    timeout: OPEN_MS,
  });
  // Playwright forgets the process once it has ended.
  const child = app.process();
  const printed = collectOutput(child);
  const problems = collectProblems(app);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= quit(app, child).finally(cleanUp);
    return closing;
  };
  try {
    const page = await app.firstWindow({ timeout: OPEN_MS });
    await shown(printed);
    return { app, page, dataDir, problems, printed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Before its first frame is painted, a page loses what is dropped on it. */
async function shown(printed: () => string): Promise<void> {
  const giveUp = performance.now() + OPEN_MS;
  while (!printed().includes(READY)) {
    if (performance.now() > giveUp) throw new Error(`no window was shown: ${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let foundFolder: string | undefined;

/** The Electron to test with: the one that `npm test` found, or the one that start would use. */
export function electronFolder(): string {
  foundFolder ??= process.env.SATCHEL_ELECTRON_DIST || askForElectron();
  return foundFolder;
}

function askForElectron(): string {
  const script = path.join(ROOT, 'build', 'runtime.mjs');
  return execFileSync(process.execPath, [script], { cwd: ROOT, encoding: 'utf8' }).trim();
}

export function electronBinary(): string {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const inside = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : name;
  return path.join(electronFolder(), inside);
}

/** Some editors' terminals set ELECTRON_RUN_AS_NODE, which would open no window. */
export function appEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE');
  return Object.fromEntries(entries.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

export function temporaryFolder(prefix: string): string {
  return mkdtempSync(path.join(os.tmpdir(), prefix));
}

/** Chromium's helpers may still be writing to the folder for a moment. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Quits, and ends what does not quit in time. */
export async function quit(app: ElectronApplication, child = app.process()): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), QUIT_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}

function collectOutput({ stdout }: ChildProcess): () => string {
  let output = '';
  stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  return () => output;
}

function collectProblems(app: ElectronApplication): string[] {
  const problems: string[] = [];
  const context = app.context();
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  return problems;
}

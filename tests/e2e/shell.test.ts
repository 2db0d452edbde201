/** The shell around the window: origin, policy, guards, bridge, and how it opens, hides and quits. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppState } from '../../shared/ipc/app-contract.ts';
import type { SatchelApi } from '../../shared/ipc/preload-api.ts';
import {
  appEnvironment,
  electronBinary,
  type Laptop,
  launchApp,
  quit,
  ROOT,
  remove,
  temporaryFolder,
} from './launch.ts';

declare global {
  interface Window {
    readonly satchel: SatchelApi;
    /** What the test page keeps for the test. */
    kept: Record<string, unknown>;
  }
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Shell</title>
    <meta name="csp-nonce" content="__CSP_NONCE__">
    <style nonce="__CSP_NONCE__">h1 { color: rgb(79, 70, 229); }</style>
    <script type="module" crossorigin src="./page.js"></script>
  </head>
  <body><h1>Shell</h1></body>
</html>`;

/** Begins its work as the real page does, and settles as told by the test. */
const SCRIPT = `
window.kept = { ports: [], settleAfter: 0 };
window.addEventListener('message', (event) => {
  if (event.ports[0]) kept.ports.push({ data: event.data, origin: event.origin, port: event.ports[0] });
});
window.satchel.on('quitting', () => {
  localStorage.setItem('quitting', 'heard');
  if (kept.settleAfter < 0) return;
  setTimeout(() => {
    localStorage.setItem('quitting', 'settled');
    window.satchel.call('settled', {});
  }, kept.settleAfter);
});
window.satchel.call('appState', {}).then((state) => { kept.state = state; });
`;

/** Not in a test's own code: what a debugger runs may evaluate all the same. */
const EVALUATE = `
try { kept.evaluated = new Function('return true')(); } catch { kept.evaluated = false; }
`;

const WORKER = `
self.onmessage = async ({ data }) => {
  const refused = (work) => work().then(() => false, () => true);
  const network = await refused(() => fetch(data));
  let evaluated = true;
  try { new Function('return 1')(); } catch { evaluated = false; }
  self.postMessage({ network, evaluated, indexedDB: typeof indexedDB });
};
`;

let appDir: string;
const laptops: Laptop[] = [];
const folders: string[] = [];

beforeAll(() => {
  appDir = temporaryFolder('satchel-shell-');
  for (const part of ['main', 'preload', 'import']) {
    const built = path.join(ROOT, 'dist', part);
    if (existsSync(built)) cpSync(built, path.join(appDir, 'dist', part), { recursive: true });
  }
  const { name, version, main } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(path.join(appDir, 'package.json'), JSON.stringify({ name, version, main }));
  const files = {
    'index.html': PAGE,
    'page.js': SCRIPT,
    'worker.js': WORKER,
    'evaluate.js': EVALUATE,
  };
  mkdirSync(path.join(appDir, 'dist', 'renderer'));
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(path.join(appDir, 'dist', 'renderer', file), content);
  }
});

afterEach(async () => {
  for (const laptop of laptops.splice(0)) await laptop.close();
  for (const folder of folders.splice(0)) remove(folder);
});

afterAll(() => remove(appDir));

async function open(args: string[] = [], dataDir?: string): Promise<Laptop> {
  const laptop = await launchApp({ appDir, args, ...(dataDir ? { dataDir } : {}) });
  laptops.push(laptop);
  await laptop.page.waitForFunction(() => window.kept?.state);
  return laptop;
}

function dataFolder(): string {
  const folder = temporaryFolder('satchel-shell-data-');
  folders.push(folder);
  return folder;
}

function isVisible({ app }: Laptop): Promise<boolean | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
}

async function closeWindow({ app }: Laptop): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

/** Starts the app a second time on the same data. @returns its exit code */
async function launchAgain(dataDir: string): Promise<unknown> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...sandbox, appDir, `--user-data-dir=${dataDir}`];
  const child = spawn(electronBinary(), args, { env: appEnvironment(), stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

describe('the window', () => {
  test('opens from app://satchel and says so once', async () => {
    const laptop = await open();
    const { app, page } = laptop;
    await vi.waitFor(() => expect(laptop.printed()).toContain('ready: window open'));
    expect(laptop.printed().match(/^ready: window open$/gm)).toHaveLength(1);
    expect(page.url()).toBe('app://satchel/');
    expect(await page.evaluate(() => location.origin)).toBe('app://satchel');
    expect(await isVisible(laptop)).toBe(true);
    const size = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getSize(),
    );
    expect(size).toEqual([1280, 800]);
    expect(laptop.problems).toEqual([]);
  });

  test('comes back with the size it had', async () => {
    const dataDir = dataFolder();
    const first = await open([], dataDir);
    await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1000, height: 700 }),
    );
    await first.close();
    const { app } = await open([], dataDir);
    const bounds = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(bounds).toEqual({ x: 40, y: 50, width: 1000, height: 700 });
  });

  test('is loaded again after its process crashed', async () => {
    const { app } = await open();
    const before = await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      const id = contents?.getOSProcessId();
      contents?.forcefullyCrashRenderer();
      return id;
    });
    const now = () =>
      app.evaluate(({ webContents }) => {
        const [contents] = webContents.getAllWebContents();
        return { id: contents?.getOSProcessId(), isLoading: contents?.isLoading() };
      });
    await vi.waitFor(async () => expect((await now()).id).not.toBe(before), 10_000);
    await vi.waitFor(async () => expect((await now()).isLoading).toBe(false), 10_000);
    const text = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents()[0]?.executeJavaScript('document.body.textContent'),
    );
    expect(text.trim()).toBe('Shell');
  });

  test.each([
    ['after', (data: string) => [appDir, `--user-data-dir=${data}`]],
    ['before', (data: string) => [`--user-data-dir=${data}`, appDir]],
  ])('keeps its data where it is told to, %s the app’s path', async (_where, argsFor) => {
    const { _electron } = await import('playwright');
    const data = dataFolder();
    const app = await _electron.launch({
      args: argsFor(data),
      env: appEnvironment(),
      chromiumSandbox: process.getuid?.() !== 0,
    });
    await app.firstWindow();
    expect(await app.evaluate(({ app }) => app.getPath('userData'))).toBe(data);
    expect(existsSync(path.join(data, 'installation'))).toBe(true);
    await quit(app);
  });
});

describe('the content security policy', () => {
  test('comes with a nonce of its own for each response', async () => {
    const { page } = await open();
    const answers = await page.evaluate(async () => {
      const get = async () => {
        const response = await fetch('/index.html');
        const text = await response.text();
        return { text, policy: response.headers.get('content-security-policy') ?? '' };
      };
      return [await get(), await get()];
    });
    const nonces = answers.map(({ text, policy }) => {
      const nonce = /csp-nonce" content="([^"]+)"/.exec(text)?.[1] ?? 'none';
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("require-trusted-types-for 'script'");
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    const colour = await page.evaluate(() => {
      const heading = document.querySelector('h1');
      return heading && getComputedStyle(heading).color;
    });
    expect(colour).toBe('rgb(79, 70, 229)');
  });

  test('lets nothing run or load that is not the app’s own', async () => {
    const { page } = await open();
    await page.evaluate("import('/evaluate.js')");
    const tries = await page.evaluate(async () => {
      const fails = (work: () => unknown) => {
        try {
          work();
          return false;
        } catch {
          return true;
        }
      };
      const inline = document.createElement('script');
      const markup = fails(() => {
        document.body.innerHTML = '<img src=x>';
      });
      const text = fails(() => {
        inline.text = 'window.kept.inline = true';
      });
      const style = document.createElement('style');
      style.textContent = 'h1 { color: red !important }';
      document.head.append(style);
      const heading = document.querySelector('h1');
      return {
        evaluated: window.kept.evaluated,
        markup,
        text,
        network: await fetch('https://example.com/').then(
          () => false,
          () => true,
        ),
        styled: heading && getComputedStyle(heading).color === 'rgb(255, 0, 0)',
        inline: window.kept.inline === true,
      };
    });
    expect(tries).toEqual({
      evaluated: false,
      markup: true,
      text: true,
      network: true,
      styled: false,
      inline: false,
    });
  });

  test('holds in workers as well', async () => {
    const { page } = await open();
    const answer = await page.evaluate(async () => {
      interface Policies {
        createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
      }
      const { trustedTypes } = window as unknown as { trustedTypes: Policies };
      const own = trustedTypes.createPolicy('shell', { createScriptURL: (url: string) => url });
      const worker = new Worker(own.createScriptURL('/worker.js'), { type: 'module' });
      worker.postMessage('https://example.com/');
      return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    });
    expect(answer).toEqual({ network: true, evaluated: false, indexedDB: 'object' });
  });
});

describe('guards', () => {
  let laptop: Laptop;

  beforeEach(async () => {
    laptop = await open();
    await laptop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
  });

  function opened(): Promise<string[]> {
    return laptop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  }

  test('links leave the app by the system’s own programs, if they may at all', async () => {
    const { page } = laptop;
    await page.evaluate(() => {
      for (const url of ['https://example.com/a', 'file:///etc/passwd', 'tel:+525512345678']) {
        window.open(url);
      }
      location.href = 'mailto:ana@example.com';
    });
    await vi.waitFor(async () => expect(await opened()).toHaveLength(3));
    expect(await opened()).toEqual([
      'https://example.com/a',
      'tel:+525512345678',
      'mailto:ana@example.com',
    ]);
    expect(page.url()).toBe('app://satchel/');
    expect(laptop.app.windows()).toHaveLength(1);
  });

  test('the window never leaves its page', async () => {
    const { page } = laptop;
    for (const url of ['https://example.com/', 'app://satchel/page.js', 'app://other/']) {
      await page.evaluate((target) => location.assign(target), url);
      await page.waitForTimeout(200);
      expect(page.url()).toBe('app://satchel/');
    }
    expect(await page.textContent('h1')).toBe('Shell');
  });

  test('files outside the window’s folder are not served', async () => {
    const statuses = await laptop.page.evaluate(async () => {
      const paths = ['/..%2fmain%2fmain.cjs', '/%2e%2e/main/main.cjs', '/..%5cmain%5cmain.cjs'];
      return Promise.all(paths.map(async (name) => (await fetch(name)).status));
    });
    expect(statuses).toEqual([404, 404, 404]);
  });

  test('no permission is given but to keep the data', async () => {
    const { page } = laptop;
    const given = await page.evaluate(async () => ({
      persisted: await navigator.storage.persist(),
      notifications: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => true,
        () => false,
      ),
    }));
    expect(given).toEqual({ persisted: true, notifications: 'denied', camera: false });
  });

  test('the page has no Node and nothing of Electron', async () => {
    const kinds = await laptop.page.evaluate(() => {
      const names = ['require', 'process', 'module', 'ipcRenderer', 'Buffer'];
      return names.map((name) => typeof (window as unknown as Record<string, unknown>)[name]);
    });
    expect(new Set(kinds)).toEqual(new Set(['undefined']));
  });
});

describe('the bridge', () => {
  test('answers calls, and rejects with code and message', async () => {
    const { page } = await open(['--server-hint=http://127.0.0.1:4747/']);
    const answers = await page.evaluate(async () => {
      const caught = (call: Promise<unknown>) => call.catch((error: unknown) => error);
      const untyped = window.satchel.call as (method: string, input: unknown) => Promise<unknown>;
      return {
        keys: Object.keys(window.satchel).sort(),
        state: await window.satchel.call('appState', {}),
        alone: await window.satchel.call('workAlone', {}),
        input: await caught(untyped('copyText', { text: 7 })),
        path: await caught(untyped('registerDroppedFile', { path: '/etc/passwd' })),
        method: await caught(untyped('__proto__', {})),
        sync: await caught(window.satchel.call('connectSync', {})),
        file: await caught(window.satchel.dropFile(new File(['a'], 'made-up.csv'))),
      };
    });
    expect(answers.keys).toEqual(['call', 'dropFile', 'on']);
    expect(answers.state).toMatchObject({ profile: null, serverHint: 'http://127.0.0.1:4747' });
    expect(answers.alone.profile).toMatchObject({ kind: 'alone', store: 'satchel-alone' });
    for (const error of [answers.input, answers.path, answers.method, answers.sync]) {
      expect(error).toMatchObject({ code: 'invalid', message: expect.any(String) });
    }
    expect(answers.file).toMatchObject({ code: 'unreadable' });
  });

  test('makes dropped and chosen files known without their paths', async () => {
    const { app, page } = await open();
    const folder = dataFolder();
    const file = path.join(folder, 'leads.csv');
    writeFileSync(file, 'Name,Phone\n');
    await page.evaluate(() => {
      document.addEventListener('dragover', (event) => event.preventDefault());
      document.addEventListener('drop', (event) => {
        event.preventDefault();
        const dropped = event.dataTransfer?.files[0];
        if (dropped) window.kept.dropped = window.satchel.dropFile(dropped);
      });
    });
    const client = await page.context().newCDPSession(page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await client.send('Input.dispatchDragEvent', { type, x: 100, y: 100, data });
    }
    await page.waitForFunction(() => window.kept.dropped);
    const dropped = await page.evaluate(() => window.kept.dropped);
    expect(dropped).toEqual({ fileId: expect.any(String), name: 'leads.csv', bytes: 11 });

    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, file);
    const chosen = await page.evaluate(() => window.satchel.call('chooseFile', {}));
    expect(chosen).toEqual({ fileId: expect.any(String), name: 'leads.csv', bytes: 11 });
    await app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
    });
    expect(await page.evaluate(() => window.satchel.call('chooseFile', {}))).toBeNull();
  });
});

describe('an import', () => {
  interface Said {
    method: string;
    input: { rows?: unknown[]; totalBytes?: number; stopped?: string | null };
  }

  /** Chooses a file of `rows` leads and starts to import it, with the page as its store. */
  async function importing({ app, page }: Laptop, rows: number): Promise<void> {
    const file = path.join(dataFolder(), 'leads.csv');
    const lines = Array.from({ length: rows }, (_, i) => `Ana ${i},+52 55 ${1234_0000 + i}`);
    writeFileSync(file, ['Name,Phone', ...lines, ''].join('\n'));
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, file);
    await page.evaluate(async () => {
      const chosen = await window.satchel.call('chooseFile', {});
      const { fileId } = chosen ?? { fileId: '' };
      const inspection = await window.satchel.call('inspectFile', { fileId });
      window.satchel.on('importFailed', (failure) => {
        window.kept.failure = failure;
      });
      const targets = inspection.columns.map(({ suggested }) => suggested);
      const { format } = inspection;
      const plan = { format, targets, mode: 'fillBlanks', country: 'MX' } as const;
      await window.satchel.call('startImport', { importId: 'i1', fileId, plan });
    });
    await page.waitForFunction(() => (window.kept.ports as unknown[]).length > 0);
  }

  test('is read by a process of its own, straight into the page’s port', async () => {
    const laptop = await open();
    await importing(laptop, 1200);
    const { data, said } = await laptop.page.evaluate(async () => {
      const [{ data, port }] = window.kept.ports as [{ data: unknown; port: MessagePort }];
      const said: Said[] = [];
      await new Promise<void>((resolve) => {
        port.onmessage = ({ data: { call, method, input } }) => {
          said.push({ method, input });
          port.postMessage({ answer: call, output: {} });
          if (method === 'end') resolve();
        };
      });
      return { data, said };
    });
    expect(data).toEqual({ satchelPort: 'import', importId: 'i1' });
    expect(said[0]?.method).toBe('begin');
    expect(said.flatMap(({ input }) => input.rows ?? [])).toHaveLength(1200);
    expect(said.at(-1)).toMatchObject({ method: 'end', input: { stopped: null } });
    const processes = () =>
      laptop.app.evaluate(({ app }) => app.getAppMetrics().map((m) => m.name));
    await vi.waitFor(async () => expect(await processes()).not.toContain('Satchel import'));
    expect(await laptop.page.evaluate(() => window.kept.failure)).toBeUndefined();
  });

  test('whose process ends by itself is told to the page', async () => {
    const laptop = await open();
    await importing(laptop, 10);
    await laptop.app.evaluate(({ app }) => {
      const found = app.getAppMetrics().find(({ name }) => name === 'Satchel import');
      if (found) process.kill(found.pid, 'SIGKILL');
    });
    await laptop.page.waitForFunction(() => window.kept.failure);
    expect(await laptop.page.evaluate(() => window.kept.failure)).toEqual({
      importId: 'i1',
      problem: expect.stringContaining('stopped unexpectedly'),
    });
  });

  test('ends with the app', async () => {
    const laptop = await open();
    await importing(laptop, 10);
    await laptop.close();
  });
});

describe('a team server', () => {
  const TOKEN = 'a-token-of-more-than-twenty-characters';
  let server: http.Server;
  let address: string;
  const refusing = { now: false };

  beforeEach(async () => {
    refusing.now = false;
    server = http.createServer((request, response) => {
      if (refusing.now) return void response.writeHead(401).end();
      if (request.url === '/v1/sync/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: hello\ndata: {}\n\n');
        setTimeout(() => {
          response.write('event: change\ndata: {"collection":"leads","seq":7}\n\n');
        }, 1000);
        return;
      }
      response.writeHead(201, { 'content-type': 'application/json' });
      const team = { id: 't1', name: 'Lamps' };
      const member = { id: 'm1', name: 'Ana', email: 'ana@example.com', role: 'admin' };
      const pulled = { records: [], checkpoint: 0, history: 'h', serverTime: 1 };
      response.end(JSON.stringify({ token: TOKEN, team, member, ...pulled }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
  });

  async function joined(): Promise<Laptop> {
    const laptop = await open();
    await laptop.page.evaluate(async (server) => {
      const member = { name: 'Ana', email: 'ana@example.com', password: 'long enough' };
      await window.satchel.call('createTeam', { server, teamName: 'Lamps', ...member });
      window.satchel.on('appState', (state) => {
        window.kept.told = state;
      });
      await window.satchel.call('connectSync', {});
    }, address);
    await laptop.page.waitForFunction(() => (window.kept.ports as unknown[]).length > 0);
    return laptop;
  }

  test('is reached through the sync port, and the page never sees the token', async () => {
    const { page, dataDir } = await joined();
    const seen = await page.evaluate(async () => {
      interface Kept {
        data: object;
        origin: string;
        port: MessagePort;
      }
      const [{ data, origin, port }] = window.kept.ports as [Kept];
      const messages: unknown[] = [];
      port.onmessage = (event) => messages.push(event.data);
      port.postMessage({ call: 1, method: 'connection', input: {} });
      port.postMessage({
        ...{ call: 2, method: 'pull' },
        input: { collection: 'leads', since: 0, history: '', limit: 10 },
      });
      const isDone = () => JSON.stringify(messages).includes('"changed"');
      while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 50));
      const state = await window.satchel.call('appState', {});
      return { data, origin, messages, state };
    });
    const state: AppState = seen.state;
    expect(seen.origin).toBe('app://satchel');
    expect(seen.data).toEqual({ satchelPort: 'sync', store: state.profile?.store });
    expect(seen.messages).toContainEqual({
      answer: 2,
      output: { records: [], checkpoint: 0, history: 'h', serverTime: 1 },
    });
    expect(seen.messages).toContainEqual({
      event: 'changed',
      payload: { collection: 'leads', seq: 7 },
    });
    expect(JSON.stringify(seen)).not.toContain(TOKEN);
    expect(existsSync(path.join(dataDir, 'tokens.json'))).toBe(true);
  });

  test('that no longer takes the token leaves the member signed out', async () => {
    const { page } = await joined();
    refusing.now = true;
    server.closeAllConnections();
    await page.waitForFunction(() => window.kept.told, undefined, { timeout: 10_000 });
    const told = (await page.evaluate(() => window.kept.told)) as AppState;
    expect(told.profile).toMatchObject({ kind: 'team', signedIn: false });
  });
});

describe('opening, hiding and quitting', () => {
  test('a second launch brings the first window back, closed as it is', async () => {
    const dataDir = dataFolder();
    const laptop = await open([], dataDir);
    await closeWindow(laptop);
    await vi.waitFor(async () => expect(await isVisible(laptop)).toBe(false));
    expect(await launchAgain(dataDir)).toBe(0);
    await vi.waitFor(async () => expect(await isVisible(laptop)).toBe(true));
    expect(laptop.app.windows()).toHaveLength(1);
  });

  test('another data folder is another app', async () => {
    const [first, second] = [await open(), await open()];
    expect(await isVisible(first)).toBe(true);
    expect(await isVisible(second)).toBe(true);
  });

  test('a closed window works on', async () => {
    const laptop = await open();
    await closeWindow(laptop);
    await vi.waitFor(async () => expect(await isVisible(laptop)).toBe(false));
    const ticks = await laptop.page.evaluate(async () => {
      let count = 0;
      const timer = setInterval(() => count++, 20);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      clearInterval(timer);
      return count;
    });
    expect(ticks).toBeGreaterThan(20);
  });

  async function quitAfter(settleAfter: number, end: (laptop: Laptop) => void) {
    const dataDir = dataFolder();
    const laptop = await open([], dataDir);
    await laptop.page.evaluate((ms) => {
      window.kept.settleAfter = ms;
    }, settleAfter);
    const child = laptop.app.process();
    const since = performance.now();
    const gone = once(child, 'exit');
    end(laptop);
    const [code] = await gone;
    const took = performance.now() - since;
    const { page } = await open([], dataDir);
    return { code, took, heard: await page.evaluate(() => localStorage.getItem('quitting')) };
  }

  const byMenu = ({ app }: Laptop) => void app.evaluate(({ app }) => app.quit()).catch(() => {});
  const bySignal = (signal: NodeJS.Signals) => (laptop: Laptop) =>
    void laptop.app.process().kill(signal);

  test.each([
    ['app.quit()', byMenu],
    ['SIGTERM', bySignal('SIGTERM')],
    ['SIGINT', bySignal('SIGINT')],
  ])('%s waits until the page has settled', async (_how, end) => {
    const { code, took, heard } = await quitAfter(1500, end);
    expect(code).toBe(0);
    expect(heard).toBe('settled');
    expect(took).toBeGreaterThan(1400);
    expect(took).toBeLessThan(5000);
  });

  test('a page that never settles is waited for five seconds', async () => {
    const { took, heard } = await quitAfter(-1, byMenu);
    expect(heard).toBe('heard');
    expect(took).toBeGreaterThan(4900);
    expect(took).toBeLessThan(9000);
  });

  test('a page that crashed is not waited for', async () => {
    const { app } = await open();
    const gone = once(app.process(), 'exit');
    const since = performance.now();
    await app.evaluate(({ app, webContents }) => {
      app.quit();
      setTimeout(() => webContents.getAllWebContents()[0]?.forcefullyCrashRenderer(), 50);
    });
    await gone;
    expect(performance.now() - since).toBeLessThan(4000);
  });
});

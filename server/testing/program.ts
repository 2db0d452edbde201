/** The server as people run it: built, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

/** Apart from what `npm run build` makes, but where the same packages are found. */
const OUTPUT = fileURLToPath(new URL('../../dist/server-under-test', import.meta.url));
const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

/** @returns the program's path, and a function that removes it */
export async function buildProgram(): Promise<{ program: string; remove: () => void }> {
  const builder = await createBuilder({
    configFile: CONFIG,
    logLevel: 'error',
    environments: { server: { build: { outDir: OUTPUT } } },
  });
  const environment = builder.environments.server;
  if (environment === undefined) throw new Error('vite.config.ts has no server');
  await builder.build(environment);
  return {
    program: `${OUTPUT}/server.mjs`,
    remove: () => rmSync(OUTPUT, { recursive: true, force: true }),
  };
}

export class Program {
  stdout = '';
  stderr = '';
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(program: string, args: readonly string[], env: Record<string, string> = {}) {
    const { DATABASE_URL: _, ...inherited } = process.env;
    this.child = spawn(process.execPath, [program, ...args], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (data) => {
      this.stdout += data;
    });
    this.child.stderr?.on('data', (data) => {
      this.stderr += data;
    });
    this.exited = once(this.child, 'close').then(([code]) => code);
  }

  /** Its address, once it is ready. */
  async ready(): Promise<string> {
    const isReady = () => /^ready: team server at (\S+)\n$/.exec(this.stdout)?.[1];
    for (;;) {
      const address = isReady();
      if (address !== undefined) return address;
      const data = this.child.stdout && once(this.child.stdout, 'data');
      const ended = await Promise.race([data, this.exited.then(() => 'ended')]);
      if (ended === 'ended') throw new Error(`the server ended: ${this.stderr}`);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

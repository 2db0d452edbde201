/** The team server as a program: `node server.mjs --port 4747 --data ./satchel-data`. */
import { readOptions, USAGE } from './options.ts';
import { type RunningServer, startServer } from './start.ts';
import { StartError } from './start-error.ts';

/** How long requests under way may take when the server is asked to stop. */
const STOP_MS = 10_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  const starting = startServer(options, (error) => {
    fail(new StartError(`The data can't be written any more (${error}). Start the server again.`));
  });
  stopOnSignals(starting);
  const { address } = await starting;
  process.stdout.write(`ready: team server at ${address}\n`);
}

function stopOnSignals(starting: Promise<RunningServer>): void {
  let isStopping = false;
  const stop = async () => {
    // Asked twice, or a request that does not end.
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    const server = await starting.catch(() => undefined);
    await server?.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => stop().catch(fail));
  }
}

function fail(error: unknown): never {
  const text = error instanceof StartError ? error.message : error;
  console.error(text);
  process.exit(error instanceof StartError ? error.exitCode : 1);
}

main().catch(fail);

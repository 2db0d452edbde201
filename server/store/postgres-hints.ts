/** LISTEN and NOTIFY, on a connection of their own that is made again when it breaks. */
import pg from 'pg';
import type { Transaction } from './database.ts';

const CHANNEL = 'satchel';
const RETRY_MS = 1000;
const MAX_RETRY_MS = 60_000;

/** Tells all who listen once the transaction is committed. */
export async function notify(tx: Transaction, text: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, text]);
}

/** @returns a function that stops listening */
export function listen(connectionString: string, onText: (text: string) => void) {
  const listener = new Listener(connectionString, onText);
  void listener.connect();
  return () => listener.stop();
}

class Listener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private retryMs = RETRY_MS;
  private isStopped = false;

  constructor(
    private readonly connectionString: string,
    private readonly onText: (text: string) => void,
  ) {}

  async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'satchel hints',
    });
    this.client = client;
    client.on('notification', ({ payload }) => this.onText(payload ?? ''));
    client.on('error', () => {});
    client.on('end', () => this.again(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.retryMs = RETRY_MS;
    } catch {
      await client.end().catch(() => {});
      this.again(client);
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => {});
  }

  /** Without it, changes of other processes are found by polling, a little later. */
  private again(client: pg.Client): void {
    if (this.isStopped || this.client !== client) return;
    this.client = undefined;
    this.retry = setTimeout(() => void this.connect(), this.retryMs).unref();
    this.retryMs = Math.min(2 * this.retryMs, MAX_RETRY_MS);
  }
}

/** What replication needs of the network, for one team profile. */

import type { Handlers, Port } from '../../shared/ipc/rpc.ts';
import { RemoteError, type Server, serve } from '../../shared/ipc/rpc.ts';
import {
  type Connection,
  type SyncContract,
  syncContract,
} from '../../shared/ipc/sync-contract.ts';
import { pullResponseSchema, pushResponseSchema } from '../../shared/protocol/sync.ts';
import { ConnectionKeeper, isOutdated } from './connection-keeper.ts';
import type { EventStream } from './event-stream.ts';
import type { ServerClient } from './server-client.ts';

/** Whose data to sync, where, and by what right. */
export interface Account {
  store: string;
  server: string;
  /** Undefined once signed out: local work goes on, nothing syncs. */
  token: string | undefined;
}

export interface Network {
  call: ServerClient;
  openStream: EventStream;
}

export interface SyncEvents {
  connection(connection: Connection): void;
  /** The server no longer takes the token. */
  refused(account: Account): void;
  /** The device was revoked, or its member deactivated. */
  revoked(account: Account): void;
}

const SIGNED_OUT = 'Sign in again to sync';

export class SyncService {
  private readonly keeper: ConnectionKeeper;
  private readonly target: { server: string; token: string };
  /** The store worker's end; there is one at a time. */
  private port: Server<SyncContract> | undefined;

  constructor(
    readonly account: Account,
    private readonly network: Network,
    private readonly events: SyncEvents,
  ) {
    this.target = { server: account.server, token: account.token ?? '' };
    this.keeper = new ConnectionKeeper(this.target, network.openStream, {
      connection: (connection) => this.onConnection(connection),
      changed: (change) => this.port?.emit('changed', change),
    });
  }

  get connection(): Connection {
    return this.keeper.connection;
  }

  start(): void {
    if (this.account.token === undefined) this.keeper.refuse(SIGNED_OUT);
    else this.keeper.start();
  }

  stop(): void {
    this.keeper.stop();
    this.port?.close();
    this.port = undefined;
  }

  reconnect(): void {
    this.keeper.reconnect();
  }

  /** Serves the store worker at the other end, and no longer the one before. */
  attach(port: Port): void {
    this.port?.close();
    this.port = serve(port, syncContract, this.handlers());
  }

  private handlers(): Handlers<SyncContract> {
    return {
      push: ({ collection, rows }) =>
        this.watched(() =>
          this.network.call({
            ...this.target,
            method: 'POST',
            path: `/v1/sync/${collection}/push`,
            body: { rows },
            answer: pushResponseSchema,
          }),
        ),
      pull: ({ collection, since, history, limit }) =>
        this.watched(() =>
          this.network.call({
            ...this.target,
            method: 'GET',
            path: `/v1/sync/${collection}/pull?since=${since}&history=${encodeURIComponent(history)}&limit=${limit}`,
            answer: pullResponseSchema,
          }),
        ),
      connection: async () => this.keeper.connection,
      reconnect: async () => {
        this.keeper.reconnect();
        return this.keeper.connection;
      },
    };
  }

  /** Does not even ask without a token, and notices when the server takes it no longer. */
  private async watched<T>(ask: () => Promise<T>): Promise<T> {
    const { connection } = this.keeper;
    if (connection.state === 'signed-out') throw new RemoteError('unauthorized', connection.detail);
    if (connection.state === 'revoked') throw new RemoteError('revoked', connection.detail);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof RemoteError) this.notice(error);
      throw error;
    }
  }

  private notice({ code, message }: RemoteError): void {
    if (code === 'unauthorized') this.keeper.refuse(message);
    if (code === 'revoked') this.keeper.revoke(message);
    if (isOutdated(code)) this.keeper.outdate(message);
  }

  private onConnection(connection: Connection): void {
    this.port?.emit('connection', connection);
    this.events.connection(connection);
    if (this.account.token === undefined) return;
    if (connection.state === 'signed-out') this.events.refused(this.account);
    if (connection.state === 'revoked') this.events.revoked(this.account);
  }
}

/** The one sync service that runs: that of the profile the window shows, if it is a team's. */
import { type Port, RemoteError } from '../../shared/ipc/rpc.ts';
import type { Connection } from '../../shared/ipc/sync-contract.ts';
import { type Account, type Network, SyncService } from './sync-service.ts';

export interface HostEvents {
  /** Undefined while working alone. */
  connection(connection: Connection | undefined): void;
  refused(account: Account): void;
  revoked(account: Account): void;
}

export class SyncHost {
  private service: SyncService | undefined;

  constructor(
    private readonly network: Network,
    private readonly events: HostEvents,
  ) {}

  get connection(): Connection | undefined {
    return this.service?.connection;
  }

  /** Ends what runs for another account and starts this one; undefined means to work alone. */
  follow(account: Account | undefined): void {
    if (account !== undefined && isSame(account, this.service?.account)) return;
    this.service?.stop();
    this.service = account && this.serviceFor(account);
    this.events.connection(this.connection);
    this.service?.start();
  }

  /** Serves the store worker at the other end of `port`. @returns the store it may sync */
  attach(port: Port): string {
    if (!this.service) throw new RemoteError('invalid', 'Working alone, there is nothing to sync');
    this.service.attach(port);
    return this.service.account.store;
  }

  reconnect(): void {
    this.service?.reconnect();
  }

  stop(): void {
    this.service?.stop();
    this.service = undefined;
  }

  /** A service that was replaced may still get answers; they are no longer anybody's business. */
  private serviceFor(account: Account): SyncService {
    const service: SyncService = new SyncService(account, this.network, {
      connection: (connection) => {
        if (this.service === service) this.events.connection(connection);
      },
      refused: (refused) => {
        if (this.service === service) this.events.refused(refused);
      },
      revoked: (revoked) => {
        if (this.service === service) this.events.revoked(revoked);
      },
    });
    return service;
  }
}

function isSame(a: Account, b: Account | undefined): boolean {
  return a.store === b?.store && a.server === b.server && a.token === b.token;
}

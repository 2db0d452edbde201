/**
 * The housekeeping that PostgreSQL does by itself and PGlite, one process without background
 * workers, does not: statistics and dead rows (VACUUM), and an end to the write-ahead log, which
 * would grow without bound (CHECKPOINT).
 */
import type { Database } from './database.ts';

const MIB = 1024 * 1024;

export interface MaintenanceSettings {
  /** Rows written before dead rows are cleared, at least; and that share of all rows. */
  vacuumRows: number;
  vacuumShare: number;
  checkpointBytes: number;
  /** Quiet time after a write before the work begins, in ms. */
  quietMs: number;
  /** How often what was written meanwhile is tidied, whatever the amount, in ms. */
  intervalMs: number;
}

const DEFAULTS: MaintenanceSettings = {
  vacuumRows: 5000,
  vacuumShare: 0.2,
  checkpointBytes: 16 * MIB,
  quietMs: 1000,
  intervalMs: 10 * 60_000,
};

export class Maintenance {
  private rows = 0;
  private bytes = 0;
  private rowsInTable = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly interval: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private readonly settings: MaintenanceSettings;

  constructor(
    private readonly database: Database,
    private readonly onProblem: (error: unknown) => void,
    settings: Partial<MaintenanceSettings> = {},
  ) {
    this.settings = { ...DEFAULTS, ...settings };
    this.interval = setInterval(() => this.tidy(), this.settings.intervalMs).unref();
  }

  /** To be told of every write. */
  written(rows: number, bytes: number): void {
    this.rows += rows;
    this.bytes += bytes;
    if (!this.needsVacuum() && !this.needsCheckpoint()) return;
    // A log that grows on under steady writing is not left to wait for quiet.
    if (this.bytes >= 4 * this.settings.checkpointBytes) return void this.tidyWhatIsDue();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tidyWhatIsDue(), this.settings.quietMs).unref();
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.interval);
    clearTimeout(this.timer);
    await this.running;
  }

  private needsVacuum(): boolean {
    const { vacuumRows, vacuumShare } = this.settings;
    return this.rows >= Math.max(vacuumRows, vacuumShare * this.rowsInTable);
  }

  private needsCheckpoint(): boolean {
    return this.bytes >= this.settings.checkpointBytes;
  }

  private tidyWhatIsDue(): void {
    this.enqueue(this.needsVacuum(), this.needsCheckpoint());
  }

  private tidy(): void {
    if (this.rows > 0 || this.bytes > 0) this.enqueue(true, true);
  }

  private enqueue(vacuum: boolean, checkpoint: boolean): void {
    if (this.stopped) return;
    if (vacuum) this.rows = 0;
    if (checkpoint) this.bytes = 0;
    this.running = this.running.then(() => this.run(vacuum, checkpoint)).catch(this.onProblem);
  }

  private async run(vacuum: boolean, checkpoint: boolean): Promise<void> {
    if (vacuum) {
      await this.database.query('VACUUM (ANALYZE)');
      const [row] = await this.database.query<{ rows: number }>(
        "SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'records'::regclass",
      );
      this.rowsInTable = row?.rows ?? 0;
    }
    if (checkpoint) await this.database.query('CHECKPOINT');
  }
}

/**
 * One fuzz run: laptops with the real store and RxDB replication, the real server on PGlite, and a
 * network that loses, repeats and delays. After healing all must be equal, and equal to the merge
 * of everything that was ever written anywhere.
 */
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { LeadStore } from '../../renderer/store/lead-store.ts';
import type { PgliteDatabase } from '../../server/store/pglite.ts';
import { FIELD } from '../../shared/lead/fields.ts';
import { DUPLICATE_MODES } from '../../shared/lead/intake.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import { canonicalJson } from '../../shared/record/json.ts';
import { mergeRecords } from '../../shared/record/merge.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { type FaultCounts, LaptopNetwork } from './network.ts';
import { Random } from './random.ts';
import { TestTeam } from './team.ts';

/** RxDB allows 13 open collections in one process. */
const LAPTOPS = 2;
const STEPS = 60;
const PHONES = ['+5511900000001', '+5511900000002', '+5511900000003', '+5511900000004', 'x:none'];
const FIELDS = [FIELD.name, FIELD.assignee, 'c/city', 'c/notes'];
const RETRY_MS = 20;
const HEALING_MS = 30_000;

export interface RunReport extends FaultCounts {
  runs: number;
  edits: number;
  imports: number;
  crashes: number;
  serverRestarts: number;
  absences: number;
  leads: number;
}

interface Laptop {
  name: string;
  store: LeadStore;
  network: LaptopNetwork;
}

/** Plays the run of one seed. @throws Error where anything differs after healing */
export async function playRun(seed: number, database: PgliteDatabase): Promise<RunReport> {
  const run = await Run.begin(seed, database);
  try {
    for (let step = 0; step < STEPS; step++) await run.step();
    await run.heal();
    await run.verify();
    return run.report;
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    await run.end();
  }
}

export function sumReports(reports: RunReport[]): RunReport {
  const sum = emptyReport();
  for (const report of reports) {
    for (const key of Object.keys(sum) as (keyof RunReport)[]) sum[key] += report[key];
  }
  return sum;
}

class Run {
  readonly report = { ...emptyReport(), runs: 1 };
  private readonly laptops: Laptop[] = [];
  private readonly storage = getRxStorageMemory();
  /** The merge of every state that any laptop wrote, by key. */
  private readonly written = new Map<string, RecordState>();
  private values = 0;

  private constructor(
    private readonly seed: number,
    private readonly random: Random,
    private readonly team: TestTeam,
  ) {}

  static async begin(seed: number, database: PgliteDatabase): Promise<Run> {
    const run = new Run(seed, new Random(seed), await TestTeam.create(database));
    for (let i = 0; i < LAPTOPS; i++) run.laptops.push(await run.open(`${seed}-${i}`));
    return run;
  }

  async step(): Promise<void> {
    const laptop = this.random.pick(this.laptops);
    const kind = this.random.below(100);
    if (kind < 45) await this.edit(laptop);
    else if (kind < 65) await this.import(laptop);
    else if (kind < 75) this.toggleNetwork(laptop);
    else if (kind < 80) await this.crash(laptop);
    else if (kind < 82) await this.restartServer();
    else for (const { network } of this.laptops) network.tellChanged('leads');
    if (this.random.chance(0.6)) await pause(this.random.below(15));
  }

  async heal(): Promise<void> {
    for (const { network } of this.laptops) {
      network.faultiness = 0;
      network.setOnline(true);
    }
    const end = Date.now() + HEALING_MS;
    for (;;) {
      for (const { store } of this.laptops) await store.refresh();
      const statuses = this.laptops.map(({ store }) => store.syncStatus);
      if (statuses.every(({ state }) => state === 'synced') && (await this.areEqual())) return;
      if (Date.now() > end) throw new Error(`not healed: ${JSON.stringify(statuses)}`);
      await pause(50);
    }
  }

  async verify(): Promise<void> {
    const server = await this.team.leads();
    for (const [key, expected] of this.written) {
      const stored = server.get(key);
      if (textOf(stored) !== textOf(expected)) {
        throw new Error(
          `${key} is ${textOf(stored)} on the server, but what was written merges to ${textOf(expected)}`,
        );
      }
    }
    this.report.leads = server.size;
  }

  async end(): Promise<void> {
    for (const { store } of this.laptops) await store.close();
    await this.team.close();
  }

  private async open(name: string): Promise<Laptop> {
    const store = await LeadStore.open(
      { store: `fuzz-${name}`, replicated: true, country: 'BR', timeZone: 'UTC', installation: '' },
      this.storage,
      { leadsChanged: () => {}, workspaceChanged: () => {}, syncStatus: () => {} },
    );
    const network = new LaptopNetwork(
      () => this.team.server,
      this.team.token,
      this.random,
      this.report,
    );
    await store.startSync(network, RETRY_MS);
    return { name, store, network };
  }

  private async edit({ store }: Laptop): Promise<void> {
    const key = this.random.pick(PHONES);
    if (!(await store.record(key))) return;
    const field = this.random.pick(FIELDS);
    const value = this.random.chance(0.1) ? null : `edit ${this.values++}`;
    await store.apply({ kind: 'setField', key, field, value });
    this.report.edits++;
    await this.note(store, key);
  }

  private async import({ store }: Laptop): Promise<void> {
    const file = { importId: `i${this.seed}-${this.values++}`, fileName: 'f.csv', totalBytes: 1 };
    const session = await store.beginImport(file, this.random.pick(DUPLICATE_MODES), []);
    const rows = Array.from({ length: 1 + this.random.below(6) }, (_, i) => ({
      line: i + 2,
      key: this.random.pick(PHONES),
      values: { [this.random.pick(FIELDS)]: `import ${this.values++}` },
    }));
    await session.add({ rows, rejected: [], blank: 0, bytesRead: 1 });
    this.report.imports++;
    for (const { key } of rows) await this.note(store, key);
  }

  private toggleNetwork({ network }: Laptop): void {
    network.setOnline(!network.online);
    this.report.absences++;
  }

  /** Cuts the laptop off in the middle of whatever it does, and opens its data again. */
  private async crash(laptop: Laptop): Promise<void> {
    laptop.network.close();
    await laptop.store.close();
    Object.assign(laptop, await this.open(laptop.name));
    this.report.crashes++;
  }

  private async restartServer(): Promise<void> {
    await this.team.restart();
    this.report.serverRestarts++;
  }

  private async note(store: LeadStore, key: string): Promise<void> {
    const record = await store.record(key);
    if (!record) return;
    const before = this.written.get(key) ?? record;
    this.written.set(key, mergeRecords(before, record, byTimeAloneIn('leads')));
  }

  private async areEqual(): Promise<boolean> {
    const server = await this.team.leads();
    for (const [key, record] of server) {
      for (const { store } of this.laptops) {
        if (textOf(await store.record(key)) !== textOf(record)) return false;
      }
    }
    return this.laptops.every(({ store }) => store.leadCount === server.size);
  }
}

function emptyReport(): RunReport {
  return {
    runs: 0,
    edits: 0,
    imports: 0,
    crashes: 0,
    serverRestarts: 0,
    absences: 0,
    leads: 0,
    requests: 0,
    'request lost': 0,
    'answer lost': 0,
    'sent twice': 0,
    slow: 0,
  };
}

/** Canonical, since jsonb gives keys an order of its own. */
function textOf(record: RecordState | undefined): string {
  return canonicalJson(JSON.parse(JSON.stringify(record ?? null)));
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

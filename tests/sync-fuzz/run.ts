/**
 * One fuzz run: laptops with the real store and RxDB replication, the real server on PGlite, and a
 * network that loses, repeats and delays; laptops die in the middle of a write, and their clocks
 * are wrong by minutes or years. After healing all must be equal, each phone is one lead, and no
 * value that a person entered is lost.
 */
import { CommandError } from '../../renderer/store/lead-commands.ts';
import { LeadStore } from '../../renderer/store/lead-store.ts';
import { type Command, NUMBER_CHANGES } from '../../renderer/store/store-contract.ts';
import type { PgliteDatabase } from '../../server/store/pglite.ts';
import { FIELD } from '../../shared/lead/fields.ts';
import { DUPLICATE_MODES } from '../../shared/lead/intake.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import { canonicalJson } from '../../shared/record/json.ts';
import { canonicalRecord } from '../../shared/record/merge.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { EnteredValues } from './entered-values.ts';
import { type FaultCounts, LaptopNetwork } from './network.ts';
import { ObservedStorage, type OwnWrite } from './observed-storage.ts';
import { Random } from './random.ts';
import { TestTeam } from './team.ts';

/** RxDB allows 13 open collections in one process, and each laptop has three. */
const LAPTOPS = 3;
const STEPS = 70;
const PHONES = ['+5511987650001', '+5511987650002', '+5511987650003', '+5511987650004', 'x:none'];
/** ms by which laptops' clocks are wrong. */
const CLOCK_ERRORS = [0, 0, 90_000, -90_000, 20 * 60_000, -3600_000, 3 * 365 * 86_400_000];
const FIELDS = [FIELD.name, FIELD.assignee, 'c/city', 'c/notes'];
const RETRY_MS = 20;
const HEALING_MS = 30_000;

export interface RunReport extends FaultCounts {
  runs: number;
  edits: number;
  imports: number;
  forms: number;
  deletions: number;
  numbers: number;
  undos: number;
  choices: number;
  conflicts: number;
  values: number;
  crashes: number;
  deaths: number;
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
  private readonly disks = new ObservedStorage((write) => this.note(write));
  private readonly nodes = new Map<string, string>();
  private readonly entered = new EnteredValues();
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
    if (kind < 34) await this.edit(laptop);
    else if (kind < 48) await this.import(laptop);
    else if (kind < 52) await this.form(laptop);
    else if (kind < 57) await this.delete(laptop);
    else if (kind < 62) await this.changeNumber(laptop);
    else if (kind < 67) await this.undo(laptop);
    else if (kind < 70) await this.choose(laptop);
    else if (kind < 79) this.toggleNetwork(laptop);
    else if (kind < 82) await this.crash(laptop);
    else if (kind < 85) await this.die(laptop);
    else if (kind < 87) await this.restartServer();
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
    const leads = await this.team.records('leads');
    const activities = await this.team.records('activities');
    this.report.leads = leads.size;
    this.report.conflicts = activities.size;
    this.report.values = this.entered.count;
    const lost = this.entered.lostIn(leads, activities.values());
    if (lost.length > 0) throw new Error(lost.join('\n'));
    this.assertCanonical(leads);
    const [first, ...others] = this.laptops.map(({ store }) => shownBy(store));
    for (const other of others) {
      if (other !== first) throw new Error(`laptops show different leads: ${first} ${other}`);
    }
  }

  async end(): Promise<void> {
    for (const { store } of this.laptops) await store.close();
    await this.team.close();
  }

  private async open(name: string, clockError = this.random.pick(CLOCK_ERRORS)): Promise<Laptop> {
    this.disks.revive(`fuzz-${name}`);
    const store = await LeadStore.open(
      {
        ...{ store: `fuzz-${name}`, replicated: true, country: 'BR', timeZone: 'UTC' },
        installation: '',
        now: () => Date.now() + clockError,
      },
      this.disks.storage,
      { leadsChanged: () => {}, workspaceChanged: () => {}, syncStatus: () => {} },
    );
    const network = new LaptopNetwork(
      () => this.team.server,
      this.team.token,
      this.random,
      this.report,
    );
    this.nodes.set(`fuzz-${name}`, store.node);
    await store.startSync(network, RETRY_MS);
    return { name, store, network };
  }

  private async edit({ store }: Laptop): Promise<void> {
    const field = this.random.pick(FIELDS);
    const value = this.random.chance(0.1) ? null : `edit ${this.values++}`;
    const key = this.random.pick(PHONES);
    if (await this.does(store, { kind: 'setField', key, field, value })) this.report.edits++;
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
  }

  private async form({ store }: Laptop): Promise<void> {
    const values = { [FIELD.name]: `form ${this.values++}` };
    const phone = this.random.pick(PHONES).replace('x:none', '');
    if (await this.does(store, { kind: 'createLead', phone, values })) this.report.forms++;
  }

  private async delete({ store }: Laptop): Promise<void> {
    const keys = [this.random.pick(PHONES)];
    if (await this.does(store, { kind: 'deleteLeads', keys })) this.report.deletions++;
  }

  private async changeNumber({ store }: Laptop): Promise<void> {
    const how = this.random.pick(NUMBER_CHANGES);
    const [key, phone] = [this.random.pick(PHONES), this.random.pick(PHONES)];
    if (phone.startsWith('x:')) return;
    if (await this.does(store, { kind: 'changeNumber', key, phone, how })) this.report.numbers++;
  }

  private async undo({ store }: Laptop): Promise<void> {
    const undone = await (this.random.chance(0.3) ? store.redo() : store.undo());
    if (undone) this.report.undos++;
  }

  private async choose({ store }: Laptop): Promise<void> {
    const detail = await store.lead(this.random.pick(PHONES));
    const conflict = detail?.conflicts.find(({ resolution }) => resolution === null);
    if (!conflict) return;
    const take = this.random.pick(['lost', 'kept'] as const);
    if (await this.does(store, { kind: 'resolveConflict', id: conflict.id, take })) {
      this.report.choices++;
    }
  }

  /** Carries out a command. @returns whether it fitted: many don't, as chance picks the leads */
  private async does(store: LeadStore, command: Command): Promise<boolean> {
    try {
      await store.apply(command);
      return true;
    } catch (error) {
      if (error instanceof CommandError) return false;
      throw error;
    }
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

  /** Kills the laptop in the middle of a write, and opens its data again. */
  private async die(laptop: Laptop): Promise<void> {
    const death = this.random.pick(['before the write', 'after the write'] as const);
    this.disks.killAtNextWrite(`fuzz-${laptop.name}`, death);
    const work = this.random.chance(0.5) ? this.import(laptop) : this.edit(laptop);
    await work.catch(() => undefined);
    laptop.network.close();
    await laptop.store.abandon();
    Object.assign(laptop, await this.open(laptop.name));
    this.report.deaths++;
  }

  private note(write: OwnWrite): void {
    if (write.collection !== 'leads') return;
    const node = this.nodes.get(write.store);
    if (node !== undefined) this.entered.note(write, node);
  }

  private assertCanonical(leads: ReadonlyMap<string, RecordState>): void {
    for (const record of leads.values()) {
      const canonical = canonicalRecord(record, byTimeAloneIn('leads'));
      if (textOf(canonical) !== textOf(record)) throw new Error(`not canonical: ${textOf(record)}`);
    }
  }

  private async areEqual(): Promise<boolean> {
    for (const collection of ['leads', 'activities'] as const) {
      const server = await this.team.records(collection);
      for (const { store } of this.laptops) {
        const local = await store.records(collection);
        if (local.size !== server.size) return false;
        for (const [key, record] of server) {
          if (textOf(local.get(key)) !== textOf(record)) return false;
        }
      }
    }
    return true;
  }
}

/** What a laptop shows, in the order of keys. */
function shownBy(store: LeadStore): string {
  const sort = [{ column: 'phone', direction: 'asc' as const }];
  const { rows } = store.query({ sort, page: 0, pageSize: 100 });
  const keys = rows.map(({ key }) => key);
  if (new Set(keys).size !== keys.length) throw new Error(`one phone, two leads: ${keys}`);
  return JSON.stringify(rows);
}

function emptyReport(): RunReport {
  return {
    runs: 0,
    edits: 0,
    imports: 0,
    forms: 0,
    deletions: 0,
    numbers: 0,
    undos: 0,
    choices: 0,
    conflicts: 0,
    values: 0,
    crashes: 0,
    deaths: 0,
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

/** Stages, fields, members and settings, read once and kept current: few, and needed everywhere. */
import { type FieldDefinition, fieldDefinitionOf } from '../../shared/lead/fields.ts';
import { type Stage, stageOf } from '../../shared/lead/pipeline.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import { type RecordState, shownValue } from '../../shared/record/record.ts';
import type { RecordStore } from './record-store.ts';
import { type Member, memberSchema, type Workspace } from './store-contract.ts';

/** Record id of the team's settings in the `settings` collection. */
const TEAM_SETTINGS = 'team';

type Kind = Exclude<CollectionName, 'leads'>;

export class WorkspaceCache {
  private readonly records: Record<Kind, Map<string, RecordState>> = {
    stages: new Map(),
    fields: new Map(),
    settings: new Map(),
    members: new Map(),
  };

  /** @param fallback country and time zone until the team's settings have arrived */
  constructor(private readonly fallback: Pick<Workspace, 'country' | 'timeZone'>) {}

  /** Reads everything and follows changes. */
  async follow(stores: Record<Kind, RecordStore>, onChange: () => void): Promise<void> {
    for (const kind of Object.keys(this.records) as Kind[]) {
      stores[kind].onChange((records) => {
        this.put(kind, records);
        onChange();
      });
      for await (const records of stores[kind].all(200)) this.put(kind, records);
    }
  }

  get current(): Workspace {
    const settings = this.records.settings.get(TEAM_SETTINGS);
    return {
      stages: usable(this.records.stages, stageOf).sort(byOrder),
      fields: usable(this.records.fields, fieldDefinitionOf).sort(byOrder),
      members: usable(this.records.members, memberOf).sort((a, b) => a.name.localeCompare(b.name)),
      country: textSetting(settings, 'country') ?? this.fallback.country,
      timeZone: textSetting(settings, 'timeZone') ?? this.fallback.timeZone,
    };
  }

  private put(kind: Kind, records: RecordState[]): void {
    for (const record of records) this.records[kind].set(record.id, record);
  }
}

function usable<T>(
  records: Map<string, RecordState>,
  read: (record: RecordState) => T | undefined,
): T[] {
  return [...records.values()].flatMap((record) => read(record) ?? []);
}

function byOrder(a: Stage | FieldDefinition, b: Stage | FieldDefinition): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}

function memberOf(record: RecordState): Member | undefined {
  const parsed = memberSchema.safeParse({
    id: record.id,
    name: shownValue(record, 'name'),
    email: shownValue(record, 'email'),
  });
  return parsed.success ? parsed.data : undefined;
}

function textSetting(record: RecordState | undefined, field: string): string | undefined {
  const value = record && shownValue(record, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

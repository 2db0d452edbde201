/** Stages, fields, members and settings, read once and kept current: few, and needed everywhere. */
import { fieldDefinitionOf } from '../../shared/lead/fields.ts';
import { stageOf } from '../../shared/lead/pipeline.ts';
import {
  type WorkspaceKind,
  workspaceId,
  workspaceKindOf,
} from '../../shared/record/collections.ts';
import { type RecordState, shownValue } from '../../shared/record/record.ts';
import type { RecordStore } from './record-store.ts';
import { type Member, memberSchema, type Workspace } from './store-contract.ts';

const TEAM_SETTINGS = workspaceId('setting', 'team');

export class WorkspaceCache {
  private readonly records = new Map<string, RecordState>();

  /** @param fallback country and time zone until the team's settings have arrived */
  constructor(private readonly fallback: Pick<Workspace, 'country' | 'timeZone'>) {}

  /** Reads everything and follows changes. */
  async follow(
    store: RecordStore,
    onChange: () => void,
    onRead: (records: RecordState[]) => void,
  ): Promise<void> {
    store.onChange((records) => {
      this.put(records);
      onChange();
    });
    for await (const records of store.all(200)) {
      this.put(records);
      onRead(records);
    }
  }

  get current(): Workspace {
    const settings = this.records.get(TEAM_SETTINGS);
    return {
      stages: this.all('stage', stageOf).sort(byOrder),
      fields: this.all('field', fieldDefinitionOf).sort(byOrder),
      members: this.all('member', memberOf).sort((a, b) => a.name.localeCompare(b.name)),
      country: textSetting(settings, 'country') ?? this.fallback.country,
      timeZone: textSetting(settings, 'timeZone') ?? this.fallback.timeZone,
    };
  }

  /** The usable ones of a kind. */
  private all<T>(kind: WorkspaceKind, read: (record: RecordState) => T | undefined): T[] {
    return [...this.records.values()].flatMap((record) =>
      workspaceKindOf(record.id)?.kind === kind ? (read(record) ?? []) : [],
    );
  }

  private put(records: RecordState[]): void {
    for (const record of records) this.records.set(record.id, record);
  }
}

function byOrder(a: { id: string; order: number }, b: { id: string; order: number }): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}

function memberOf(record: RecordState): Member | undefined {
  const parsed = memberSchema.safeParse({
    id: workspaceKindOf(record.id)?.id,
    name: shownValue(record, 'name'),
    email: shownValue(record, 'email'),
  });
  return parsed.success ? parsed.data : undefined;
}

function textSetting(record: RecordState | undefined, field: string): string | undefined {
  const value = record && shownValue(record, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

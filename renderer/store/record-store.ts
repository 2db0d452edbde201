/**
 * Where records are kept: RxDB collections, one for each kind of record, behind one small
 * interface, so that the storage under it can be replaced.
 */
import {
  createRxDatabase,
  getChangedDocumentsSince,
  getDefaultRevision,
  type RxCollection,
  type RxDatabase,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
} from 'rxdb/plugins/core';
import {
  byTimeAloneIn,
  COLLECTIONS,
  type CollectionName,
} from '../../shared/record/collections.ts';
import { mergeRecords, recordsEqual } from '../../shared/record/merge.ts';
import { MAX_RECORD_ID, type RecordState } from '../../shared/record/record.ts';
import { assertRoomToWrite, whileThereIsRoom } from './room.ts';
import { writeError } from './storage-errors.ts';

/** Decides what a record becomes; undefined leaves it as it is. May be asked again on a race. */
export type Change = (id: string, current: RecordState | undefined) => RecordState | undefined;

export interface RecordStore {
  get(ids: string[]): Promise<Map<string, RecordState>>;
  /**
   * Changes records in one write. A record that replication changed meanwhile is read and
   * decided again, so that nothing is overwritten unseen.
   * @param isNew ids that are most likely not there yet: they are not looked up before, and a wrong
   *   guess costs only a second try
   * @throws StorageError code `disk-full` or `store-unavailable`; then nothing was written
   */
  update(ids: string[], change: Change, isNew?: (id: string) => boolean): Promise<void>;
  /** All records, in batches. */
  all(batchSize: number): AsyncGenerator<RecordState[]>;
  /** Calls back after each write, local or from replication. */
  onChange(listener: (records: RecordState[]) => void): void;
}

export type RecordCollection = RxCollection<RecordState>;
export type RecordDatabase = RxDatabase<Record<CollectionName, RecordCollection>>;

const layer = {
  type: 'object',
  properties: { values: { type: 'object' }, clock: { type: 'object' } },
  required: ['values', 'clock'],
} as const;

const schema: RxJsonSchema<RecordState> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: MAX_RECORD_ID },
    person: layer,
    machine: layer,
    died: { type: 'string' },
  },
  required: ['id', 'person', 'machine'],
};

/**
 * Opens the database of one server, team and member, or of the leads made alone.
 * @param kinds the collections to open, if not all: RxDB allows 13 open ones at a time
 */
export async function openRecordDatabase(
  name: string,
  storage: RxStorage<unknown, unknown>,
  kinds: readonly CollectionName[] = COLLECTIONS,
): Promise<RecordDatabase> {
  const database: RecordDatabase = await createRxDatabase({
    name,
    storage,
    multiInstance: false,
    eventReduce: false,
    closeDuplicates: true,
  });
  await database.addCollections(
    Object.fromEntries(
      kinds.map((kind) => [kind, { schema, conflictHandler: conflictHandlerOf(kind) }]),
    ),
  );
  return database;
}

/** Conflicts on push are settled by the same merge that the server used. */
function conflictHandlerOf(kind: CollectionName) {
  return {
    isEqual: (a: RecordState, b: RecordState) => recordsEqual(a, b),
    resolve: async (input: { newDocumentState: RecordState; realMasterState: RecordState }) => ({
      ...mergeRecords(
        toRecord(input.realMasterState),
        toRecord(input.newDocumentState),
        byTimeAloneIn(kind),
      ),
      _deleted: false,
    }),
  };
}

/** The records of one collection. */
export function recordStoreOf(collection: RecordCollection): RecordStore {
  const storage = collection.storageInstance;
  return {
    get: async (ids) => {
      const documents = await storage.findDocumentsById(ids, false);
      return new Map(documents.map((document) => [document.id, toRecord(document)]));
    },
    update: async (ids, change, isNew = () => false) => {
      const likely = ids.filter((id) => !isNew(id));
      let found = likely.length === 0 ? [] : await attempt(storage.findDocumentsById(likely, true));
      let undecided = ids;
      while (undecided.length > 0) {
        const rows = decide(undecided, found, change);
        if (rows.length === 0) return;
        await assertRoomToWrite();
        const { error: errors } = await attempt(storage.bulkWrite(rows, 'satchel-update'));
        found = errors.map((error) => {
          if (error.status !== 409) throw writeError(error);
          return error.documentInDb;
        });
        undecided = errors.map((error) => error.documentId);
      }
    },
    all: async function* (batchSize) {
      let checkpoint: unknown;
      for (;;) {
        const page = await getChangedDocumentsSince(storage, batchSize, checkpoint);
        if (page.documents.length > 0) yield page.documents.map(toRecord);
        if (page.documents.length < batchSize) return;
        checkpoint = page.checkpoint;
      }
    },
    onChange: (listener) => {
      storage.changeStream().subscribe(({ events }) => {
        listener(events.map((event) => toRecord(event.documentData)));
      });
    },
  };
}

/** A record without RxDB's own fields. */
export function toRecord({ id, person, machine, died }: RecordState): RecordState {
  return died === undefined ? { id, person, machine } : { id, person, machine, died };
}

function decide(
  ids: string[],
  found: RxDocumentData<RecordState>[],
  change: Change,
): { previous?: RxDocumentData<RecordState>; document: RxDocumentData<RecordState> }[] {
  const byId = new Map(found.map((document) => [document.id, document]));
  return ids.flatMap((id) => {
    const previous = byId.get(id);
    const record = change(id, previous && toRecord(previous));
    if (record === undefined) return [];
    const document: RxDocumentData<RecordState> = {
      ...record,
      _deleted: false,
      _attachments: {},
      _rev: getDefaultRevision(),
      _meta: { ...previous?._meta, lwt: 1 },
    };
    return [previous ? { previous, document } : { document }];
  });
}

/** @throws StorageError */
async function attempt<T>(work: Promise<T>): Promise<T> {
  try {
    return await whileThereIsRoom(work);
  } catch (error) {
    throw writeError(error);
  }
}

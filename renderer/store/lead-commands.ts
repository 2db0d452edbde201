/**
 * What each command makes of the records it touches. A command is planned and decided in one step:
 * it names the records to read, and gets them as they are.
 */
import type { ConflictActivity } from '../../shared/lead/activity.ts';
import { deleteLead } from '../../shared/lead/deletion.ts';
import { CUSTOM_PREFIX, FIELD } from '../../shared/lead/fields.ts';
import { applyIntake, type IntakeOutcome } from '../../shared/lead/intake.ts';
import { NO_PHONE_PREFIX } from '../../shared/lead/lead.ts';
import { moveOf } from '../../shared/lead/moves.ts';
import {
  correctionOf,
  correctNumber,
  type EnteredNumber,
  lateEdits,
  moveTo,
  withNumber,
} from '../../shared/lead/numbers.ts';
import { FIRST_STAGE, leadStateSchema } from '../../shared/lead/pipeline.ts';
import { contentKey } from '../../shared/phone/content-key.ts';
import { phoneKey } from '../../shared/phone/phone-key.ts';
import { type Clock, clockNode, successor } from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import { type Json, jsonEquals, storableText } from '../../shared/record/json.ts';
import { setFields } from '../../shared/record/merge.ts';
import {
  clockBeyondAll,
  emptyRecord,
  RANKS,
  type RecordState,
  shownValue,
} from '../../shared/record/record.ts';
import { writtenBetween } from '../../shared/record/undo.ts';
import { shownRecord } from './shown-leads.ts';
import type { Command, CommandResult } from './store-contract.ts';

/** A command that can't be carried out; the message is for people. */
export class CommandError extends Error {
  readonly code = 'invalid';
}

type Given<K extends Command['kind']> = Extract<Command, { kind: K }>;
type Records = ReadonlyMap<string, RecordState>;

/** What commands need to know. */
export interface CommandContext {
  node: string;
  /** ms since 1970, corrected by the server's time. */
  now: number;
  /** Country of numbers without a country code. */
  country: string;
  /** Unique for each command. */
  operation: string;
  clock(): Clock;
  isShown(root: string): boolean;
  rootOf(key: string): string;
  membersOf(root: string): string[];
  leadOfWrong(wrong: string): string;
  conflict(id: string): ConflictActivity | undefined;
  fieldLabel(field: string): string;
}

/** One step of a command: records to read, and what becomes of them. */
export interface Step {
  collection: CollectionName;
  ids: string[];
  /** @returns the records that change */
  decide(records: Records): RecordState[];
}

export interface Plan {
  label: string;
  steps: Step[];
  /** Asked once all steps are done. */
  result(): CommandResult;
}

const byTimeAlone = byTimeAloneIn('leads');
/** Fields that belong to a record itself and not to the lead that shows. */
const OWN_FIELDS: readonly string[] = [FIELD.phone, FIELD.extension, FIELD.movedTo];

/** @throws CommandError when it can't be carried out */
export function planOf(command: Command, context: CommandContext): Plan {
  switch (command.kind) {
    case 'setField':
      return setField(command, context);
    case 'createLead':
      return createLead(command, context);
    case 'deleteLeads':
      return deleteLeads(command, context);
    case 'changeNumber':
      return changeNumber(command, context);
    case 'resolveConflict':
      return resolveConflict(command, context);
    case 'takeLateEdit':
      return takeLateEdit(command, context);
    case 'dismissLateEdits':
      return dismissLateEdits(command, context);
  }
}

function setField({ key, field, value }: Given<'setField'>, context: CommandContext): Plan {
  assertSettable(field, value);
  const clean = cleanValue(value);
  const root = shownRoot(key, context);
  let changed = false;
  const step = leadStep(context.membersOf(root), (records) => {
    const shown = shownValue(shownRecord(root, [...records.values()]), field);
    if (shown !== undefined && jsonEquals(shown, clean)) return [];
    changed = true;
    const clock = beyond(context, records);
    return [setFields(recordOf(records, root), { [field]: clean }, clock, 'person', byTimeAlone)];
  });
  return {
    label: `Change of ${context.fieldLabel(field)}`,
    steps: [step],
    result: () => ({ key: root, outcome: changed ? 'done' : 'unchanged' }),
  };
}

function createLead(command: Given<'createLead'>, context: CommandContext): Plan {
  const values: Record<string, Json> = {};
  for (const [field, value] of Object.entries(command.values)) {
    assertSettable(field, value);
    values[field] = cleanValue(value);
  }
  const number = enteredNumber(command.phone, command.country ?? context.country);
  if (number) {
    values[FIELD.phone] = number.text;
    if (number.extension !== '') values[FIELD.extension] = number.extension;
  } else if (Object.values(values).every((value) => value === null)) {
    throw new CommandError('Enter a phone number or a name.');
  }
  const root = context.rootOf(number?.key ?? contentKey(values));
  let outcome: IntakeOutcome = 'unchanged';
  const step = leadStep(context.membersOf(root), (records) => {
    const applied = bringIn(root, values, records, context);
    outcome = applied.outcome;
    return applied.records;
  });
  return {
    label: 'New lead',
    steps: [step],
    result: () => ({ key: root, outcome: outcome === 'skipped' ? 'unchanged' : outcome }),
  };
}

/** A form fills what the lead that shows does not have; it goes to the root's own record. */
function bringIn(
  root: string,
  values: Record<string, Json>,
  records: Records,
  context: CommandContext,
): { outcome: IntakeOutcome; records: RecordState[] } {
  const before = shownRecord(root, [...records.values()]);
  const clock = beyond(context, records);
  const via = { source: 'form' as const, at: context.now, stage: FIRST_STAGE, assignee: null };
  const intake = { id: context.operation, via, clock, mode: 'fillBlanks', rank: 'person' } as const;
  const { outcome, record } = applyIntake(
    before,
    { key: root, values },
    intake,
    false,
    context.node,
  );
  if (outcome === 'unchanged' || outcome === 'skipped') return { outcome, records: [] };
  const written = writtenBetween(before, record);
  const changed = RANKS.reduce(
    (state, rank) => {
      const fields = written.filter((entry) => entry.rank === rank).map(({ field }) => field);
      const news = fields.map((field) => [field, record[rank].values[field] ?? null] as const);
      return setFields(state, Object.fromEntries(news), clock, rank, byTimeAlone);
    },
    recordOf(records, root),
  );
  return { outcome, records: [changed] };
}

function deleteLeads({ keys }: Given<'deleteLeads'>, context: CommandContext): Plan {
  const roots = [...new Set(keys.map(context.rootOf))].filter(context.isShown);
  const step = leadStep(roots.flatMap(context.membersOf), (records) => {
    const clock = beyond(context, records);
    return [...records.values()].map((record) => deleteLead(record, clock));
  });
  return {
    label: roots.length === 1 ? 'Deletion of a lead' : `Deletion of ${roots.length} leads`,
    steps: roots.length === 0 ? [] : [step],
    result: () => ({ key: null, outcome: roots.length === 0 ? 'unchanged' : 'done' }),
  };
}

function changeNumber(command: Given<'changeNumber'>, context: CommandContext): Plan {
  const root = shownRoot(command.key, context);
  const number = enteredNumber(command.phone, context.country);
  if (number === undefined) throw new CommandError('Enter the phone number.');
  let changed = true;
  const step = (ids: string[], decide: Step['decide']): Step =>
    leadStep(ids, (records) => {
      const after = decide(records);
      changed = after.length > 0;
      return after;
    });
  const result = (): CommandResult => ({
    key: context.rootOf(number.key),
    outcome: changed ? 'done' : 'unchanged',
  });
  const members = context.membersOf(root);
  if (number.key === root) {
    const rewrite = step(members, (records) => rewritten(root, number, records, context));
    return { label: 'Change of Phone Number', steps: [rewrite], result };
  }
  const ids = [...new Set([...members, number.key])];
  if (command.how === 'typedWrong' || root.startsWith(NO_PHONE_PREFIX)) {
    const correct = step(ids, (records) => corrected(root, number, records, context));
    return { label: 'Correction of Phone Number', steps: [correct], result };
  }
  const move = step(ids, (records) => moved(root, number, members, records, context));
  return { label: 'New Phone Number', steps: [move], result };
}

/** The same number, written otherwise. */
function rewritten(
  root: string,
  number: EnteredNumber,
  records: Records,
  context: CommandContext,
): RecordState[] {
  const shown = shownRecord(root, [...records.values()]);
  const isSame =
    shownValue(shown, FIELD.phone) === number.text &&
    (shownValue(shown, FIELD.extension) ?? '') === number.extension;
  return isSame ? [] : [withNumber(recordOf(records, root), number, beyond(context, records))];
}

function moved(
  root: string,
  number: EnteredNumber,
  members: readonly string[],
  records: Records,
  context: CommandContext,
): RecordState[] {
  const clock = beyond(context, records);
  const known = recordOf(records, number.key);
  const named = shownValue(known, FIELD.phone) ? known : withNumber(known, number, clock);
  // Back to a former number: it no longer leads here, or the two would form a loop.
  const target = members.includes(number.key) ? moveTo(named, null, clock) : named;
  const from = moveTo(recordOf(records, root), number.key, clock);
  return target === records.get(target.id) ? [from] : [from, target];
}

function corrected(
  root: string,
  number: EnteredNumber,
  records: Records,
  context: CommandContext,
): RecordState[] {
  const clock = beyond(context, records);
  const target = records.get(number.key);
  const { wrong, right } = correctNumber(recordOf(records, root), target, number, clock);
  const leadsBack = moveOf(right)?.to === root;
  const others = [...records.values()].filter(
    (record) => record.id !== number.key && record.id !== root && moveOf(record)?.to === root,
  );
  return [
    wrong,
    leadsBack ? moveTo(right, null, clock) : right,
    ...others.map((record) => moveTo(record, number.key, clock)),
  ];
}

function resolveConflict({ id, take }: Given<'resolveConflict'>, context: CommandContext): Plan {
  const conflict = context.conflict(id);
  if (conflict === undefined) throw new CommandError('This conflict no longer exists.');
  const { collection, field } = conflict;
  const isLead = collection === 'leads';
  const root = isLead ? context.rootOf(conflict.record) : conflict.record;
  if (take === 'lost' && isLead && !context.isShown(root)) {
    throw new CommandError(
      'This lead was deleted, and choosing a value does not bring it back. Undo the deletion or add the lead again first.',
    );
  }
  const target = OWN_FIELDS.includes(field) ? conflict.record : root;
  const members = isLead ? context.membersOf(root) : [root];
  const write: Step = {
    collection,
    ids: [...new Set([...members, target])],
    decide: (records) => {
      const record = recordOf(records, target);
      const isShown = target === root ? shownRecord(root, [...records.values()]) : record;
      if (jsonEquals(shownValue(isShown, field) ?? null, conflict.lost)) return [];
      const clock = beyond(context, records);
      const values = { [field]: conflict.lost };
      return [setFields(record, values, clock, 'person', byTimeAloneIn(collection))];
    },
  };
  const resolve: Step = {
    collection: 'activities',
    ids: [id],
    decide: (records) => {
      const record = records.get(id);
      if (!record || shownValue(record, 'resolution') === take) return [];
      const clock = beyond(context, records);
      return [
        setFields(record, { resolution: take }, clock, 'person', byTimeAloneIn('activities')),
      ];
    },
  };
  return {
    label: `Choice of ${context.fieldLabel(field)}`,
    steps: take === 'lost' ? [write, resolve] : [resolve],
    result: () => ({ key: isLead ? root : null, outcome: 'done' }),
  };
}

function takeLateEdit({ record, field }: Given<'takeLateEdit'>, context: CommandContext): Plan {
  const root = shownRoot(context.leadOfWrong(record), context);
  const members = context.membersOf(root);
  const step = leadStep([...new Set([...members, record])], (records) => {
    const wrong = recordOf(records, record);
    const { [field]: value, ...others } = lateEdits(wrong);
    if (value === undefined) throw new CommandError('This change was taken or dismissed already.');
    const clock = beyond(context, records);
    return [
      setFields(recordOf(records, root), { [field]: value }, clock, 'person', byTimeAlone),
      withLateEdits(wrong, others, clock),
    ];
  });
  return {
    label: `Change of ${context.fieldLabel(field)}`,
    steps: [step],
    result: () => ({ key: root, outcome: 'done' }),
  };
}

function dismissLateEdits({ record }: Given<'dismissLateEdits'>, context: CommandContext): Plan {
  const root = context.leadOfWrong(record);
  const step = leadStep([record], (records) => {
    const wrong = recordOf(records, record);
    if (Object.keys(lateEdits(wrong)).length === 0) return [];
    return [withLateEdits(wrong, {}, beyond(context, records))];
  });
  return {
    label: 'Dismissal of late changes',
    steps: [step],
    result: () => ({ key: context.isShown(root) ? root : null, outcome: 'done' }),
  };
}

/** A number typed wrong, for which only some late edits are still to be offered. */
function withLateEdits(
  wrong: RecordState,
  remaining: Record<string, Json>,
  clock: Clock,
): RecordState {
  const to = correctionOf(wrong) ?? null;
  const later = successor(clock, clockNode(clock));
  const values = { ...remaining, [FIELD.correctedTo]: to };
  return setFields(deleteLead(wrong, clock), values, later, 'person', byTimeAlone);
}

function leadStep(ids: string[], decide: Step['decide']): Step {
  return { collection: 'leads', ids, decide };
}

function shownRoot(key: string, context: CommandContext): string {
  const root = context.rootOf(key);
  if (!context.isShown(root)) throw new CommandError('This lead no longer exists.');
  return root;
}

function recordOf(records: Records, id: string): RecordState {
  return records.get(id) ?? emptyRecord(id);
}

function beyond(context: CommandContext, records: Records): Clock {
  return clockBeyondAll(context.clock(), context.node, records.values());
}

/** Undefined where nothing was entered. @throws CommandError where it is no usable number */
function enteredNumber(entered: string, country: string): EnteredNumber | undefined {
  const text = storableText(entered).trim();
  if (text === '') return undefined;
  const number = phoneKey(text, country);
  if (number === undefined) {
    throw new CommandError(
      `“${text.slice(0, 40)}” is no phone number that can be called. Check its digits, and write the country code if it is not a local one.`,
    );
  }
  return { key: number.key, text: number.dialled, extension: number.extension };
}

function assertSettable(field: string, value: Json): void {
  if (field === FIELD.state && !leadStateSchema.safeParse(value).success) {
    throw new CommandError('This is not a stage of the pipeline.');
  }
  const settable: readonly string[] = [FIELD.state, FIELD.assignee, FIELD.name];
  if (!settable.includes(field) && !field.startsWith(CUSTOM_PREFIX)) {
    throw new CommandError('This field can not be edited.');
  }
}

function cleanValue(value: Json): Json {
  if (typeof value !== 'string') return value;
  const text = storableText(value).trim();
  return text === '' ? null : text;
}

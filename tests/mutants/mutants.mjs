// @ts-check
// Small sabotages, each of a rule of docs/sync-spec.md, and the tests that must notice. Each `find`
// must stand exactly once in its file. `npm run mutants` applies them one by one to a copy.

/**
 * @typedef {object} Mutant
 * @property {string} name what the sabotaged code does
 * @property {string} rule
 * @property {string} file
 * @property {string} find
 * @property {string} replace
 * @property {string[]} tests files, of which one test must fail
 */

const MERGE = 'shared/record/merge.ts';
const CONFLICTS = 'shared/record/conflicts.ts';
const UNDO = 'shared/record/undo.ts';

/** @type {readonly Mutant[]} */
export const MUTANTS = [
  {
    name: 'the last write wins on whole records',
    rule: 'M1',
    file: MERGE,
    find: '  for (const state of [a, b]) {',
    replace:
      "  const [older, newer] = [a, b].sort((x, y) => ((x.person.clock['*'] ?? '') < (y.person.clock['*'] ?? '') ? -1 : 1));\n  for (const state of [newer ?? older ?? a]) {",
    tests: ['shared/record/merge.test.ts'],
  },
  {
    name: 'rank is ignored: the later value shows',
    rule: 'M2',
    file: 'shared/record/record.ts',
    find: '  if (Object.hasOwn(record.person.values, field)) return record.person.values[field];',
    replace:
      "  if (Object.hasOwn(record.person.values, field) && (layerClock(record.person, field) ?? '') > (layerClock(record.machine, field) ?? '')) return record.person.values[field];",
    tests: ['shared/record/merge.test.ts', 'shared/record/record.test.ts'],
  },
  {
    name: 'only one entry is kept of any field',
    rule: 'M2',
    file: MERGE,
    find: '    if (machine === undefined || !byTimeAlone(field)) continue;',
    replace: '    if (machine === undefined) continue;',
    tests: ['shared/record/merge.test.ts'],
  },
  {
    name: 'time alone decides of no field',
    rule: 'M3',
    file: MERGE,
    find: '    if (machine === undefined || !byTimeAlone(field)) continue;',
    replace: '    if (machine === undefined || byTimeAlone(field) || true) continue;',
    tests: ['shared/record/merge.test.ts'],
  },
  {
    name: 'equal clocks are not settled: the first argument wins',
    rule: 'M1',
    file: MERGE,
    find: '  if (!jsonEquals(a.value, b.value)) return canonicalJson(a.value) > canonicalJson(b.value);\n',
    replace: '',
    tests: ['shared/record/merge.test.ts'],
  },
  {
    name: 'the canonical form is skipped: fields stand as they come',
    rule: 'R2',
    file: MERGE,
    find: '[...entries.keys()].sort()',
    replace: '[...entries.keys()]',
    tests: ['shared/record/merge.test.ts', 'shared/record/record.test.ts'],
  },
  {
    name: 'the canonical form is skipped: any clock is the base',
    rule: 'R2',
    file: MERGE,
    find: 'count > bestCount || (count === bestCount && clock > best)',
    replace: 'count > bestCount',
    tests: ['shared/record/merge.test.ts'],
  },
  {
    name: 'a deletion is compared with rank: what a person entered survives it',
    rule: 'D1',
    file: MERGE,
    find: '      if (clock <= died) entries[rank].delete(field);',
    replace: "      if (clock <= died && rank !== 'person') entries[rank].delete(field);",
    tests: ['shared/record/merge.test.ts', 'shared/lead/deletion.test.ts'],
  },
  {
    name: 'a deletion is forgotten in the merge',
    rule: 'D1',
    file: MERGE,
    find: '  return died === undefined ? { id, ...layers } : { id, ...layers, died };',
    replace:
      '  return died === undefined || died !== undefined ? { id, ...layers } : { id, ...layers };',
    tests: ['shared/lead/deletion.test.ts'],
  },
  {
    name: 'an edit revives a dead lead',
    rule: 'D2',
    file: 'shared/lead/lead.ts',
    find: '  const via = earliestVia(record);\n  if (via === undefined) return undefined;',
    replace:
      "  const via = earliestVia(record) ?? { source: 'form', at: 0, stage: 'new', assignee: null };\n  if (fieldsOf(record).length === 0) return undefined;",
    tests: ['shared/lead/deletion.test.ts'],
  },
  {
    name: 'restoring overwrites what was written after the deletion',
    rule: 'D3',
    file: 'shared/lead/deletion.ts',
    find: '    return !otherRank && entryOf(current, field, rank) === undefined;',
    replace: '    return !otherRank || entryOf(current, field, rank) === undefined;',
    tests: ['shared/lead/deletion.test.ts'],
  },
  {
    name: 'a move copies the values instead of linking',
    rule: 'N1',
    file: 'shared/lead/moves.ts',
    find: '  const states = [...members];',
    replace: '  const states = [...members].filter((state) => state.id === root);',
    tests: ['shared/lead/moves.test.ts'],
  },
  {
    name: 'a loop of moves breaks where one begins to walk',
    rule: 'N2',
    file: 'shared/lead/moves.ts',
    find: 'return this.weakestOf(path.slice(path.indexOf(at)));',
    replace: 'return at;',
    tests: ['shared/lead/moves.test.ts'],
  },
  {
    name: 'a corrected number’s values are buried by an earlier deletion of the right one',
    rule: 'N3',
    file: 'shared/lead/numbers.ts',
    find: 'mergeRecords(target, beyond(taken, target, clock), byTimeAlone)',
    replace: 'mergeRecords(target, taken, byTimeAlone)',
    tests: ['shared/lead/numbers.test.ts'],
  },
  {
    name: 'late edits of a corrected number are not offered',
    rule: 'N4',
    file: 'shared/lead/numbers.ts',
    find: '  return values;\n}\n\nfunction beyond',
    replace: '  return Object.keys(values).length > 0 ? {} : values;\n}\n\nfunction beyond',
    tests: ['shared/lead/numbers.test.ts'],
  },
  {
    name: 'undo stamps now instead of the successor',
    rule: 'U1',
    file: UNDO,
    find: 'const back = successor(clock, node);',
    replace: "const back = 'ffffffffffff-0000-'.concat(node);",
    tests: ['shared/record/undo.test.ts'],
  },
  {
    name: 'undo takes back what is no longer its own',
    rule: 'U2',
    file: UNDO,
    find: '  if (entryOf(record, field, rank)?.clock !== clock) return false;',
    replace:
      '  if (entryOf(record, field, rank) === undefined && clock !== undefined) return false;',
    tests: ['shared/record/undo.test.ts'],
  },
  {
    name: 'of two edits of one field only the second can be undone',
    rule: 'U1',
    file: UNDO,
    find: '  if (restored.length === 0) return written;',
    replace: '  if (restored.length >= 0) return written;',
    tests: ['shared/record/undo.test.ts'],
  },
  {
    name: 'one unseen value makes two conflicts where its author deleted and wrote anew',
    rule: 'K3',
    file: CONFLICTS,
    find: "    if (rivalOf(sent, field, 'person', byTimeAlone)) return [];\n",
    replace: '',
    tests: ['shared/record/conflicts.test.ts'],
  },
  {
    name: 'a conflict is judged without the base',
    rule: 'K1',
    file: CONFLICTS,
    find: '      if (theirs.clock !== seen && areRivals(mine, theirs))',
    replace: '      if (areRivals(mine, theirs))',
    tests: ['shared/record/conflicts.test.ts', 'shared/record/conflict-model.test.ts'],
  },
  {
    name: 'a retry is judged twice',
    rule: 'K2',
    file: CONFLICTS,
    find: '    if (!mine || mine.clock === seen || !isNews(field, mine)) continue;',
    replace: '    if (!mine || mine.clock === seen || (!isNews(field, mine) && !mine)) continue;',
    tests: ['shared/record/conflicts.test.ts', 'shared/record/conflict-model.test.ts'],
  },
  {
    name: 'what a deletion buries unseen is forgotten',
    rule: 'K3',
    file: CONFLICTS,
    find: 'return base.person[field] === entry.clock ? [] : [{ field, lost: entry, kept: undefined }];',
    replace:
      'return base.person[field] !== undefined || base.died === null ? [] : [{ field, lost: entry, kept: undefined }];',
    tests: ['shared/record/conflicts.test.ts', 'shared/record/conflict-model.test.ts'],
  },
  {
    name: 'a conflict’s activity gets an id of its own each time',
    rule: 'K2',
    file: 'shared/lead/activity.ts',
    find: 'canonicalJson([collection, record, field, lost])',
    replace: 'canonicalJson([collection, record, field, lost, performance.now()])',
    tests: ['shared/lead/activity.test.ts'],
  },
  {
    name: 'Brazilian landlines get a nine',
    rule: 'P2',
    file: 'shared/phone/phone-key.ts',
    find: '([689]\\d{7})$/',
    replace: '([2-9]\\d{7})$/',
    tests: ['shared/phone/phone-key.test.ts'],
  },
  {
    name: 'a phone number is validated before folding',
    rule: 'P3',
    file: 'shared/phone/phone-key.ts',
    find: '    if (isValidNumber(key)) return key;',
    replace: '    if (isValidNumber(e164)) return key;',
    tests: ['shared/phone/phone-key.test.ts'],
  },
  {
    name: 'a blank overwrites',
    rule: 'L4',
    file: 'shared/lead/intake.ts',
    find: '.filter(([, value]) => !isBlank(value))',
    replace: '.filter(([, value]) => value !== undefined)',
    tests: ['shared/lead/intake.test.ts'],
  },
  {
    name: 'a machine fills what a person cleared',
    rule: 'L4',
    file: 'shared/lead/intake.ts',
    find: "(rank === 'person' || shown?.rank !== 'person')",
    replace: "(rank === 'person' || shown !== null)",
    tests: ['shared/lead/intake.test.ts'],
  },
  {
    name: 'the latest via gives Created At',
    rule: 'L2',
    file: 'shared/lead/via.ts',
    find: 'parsed.data.at < earliest.at',
    replace: 'parsed.data.at > earliest.at',
    tests: ['shared/lead/via.test.ts'],
  },
  {
    name: 'the clock falls below what others know when it goes back',
    rule: 'C2',
    file: 'shared/record/clock.ts',
    find: '    if (floor !== undefined) this.observe(floor);\n',
    replace: '',
    tests: ['shared/record/clock.test.ts'],
  },
  {
    name: 'a pulled page that overlapped a push is taken',
    rule: 'S4',
    file: 'renderer/store/replication.ts',
    find: '      if (this.pushes !== pushesBefore) continue;\n',
    replace: '      if (this.pushes < pushesBefore) continue;\n',
    tests: ['renderer/store/lead-store.test.ts'],
  },
  {
    name: 'the base is what the laptop has now, not what it took for the server’s',
    rule: 'K1',
    file: CONFLICTS,
    find: '  const base: Base = { person: {}, machine: {}, died: assumed?.died ?? null };',
    replace: '  const base: Base = { person: {}, machine: {}, died: changed.died ?? null };',
    tests: ['shared/record/conflicts.test.ts', 'shared/record/conflict-model.test.ts'],
  },
];

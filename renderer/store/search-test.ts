/** Makes of a search a function that tells whether the lead in a slot matches. */

import { STATUS_LABELS } from '../../shared/filter/describe.ts';
import { foldText } from '../../shared/filter/fold.ts';
import type { Search, SearchTerm } from '../../shared/filter/search.ts';
import { STATUSES } from '../../shared/lead/pipeline.ts';
import type { Facet } from './facets.ts';
import type { LeadSlots } from './lead-slots.ts';
import type { Workspace } from './store-contract.ts';
import { signatureMask } from './text-signature.ts';

export type SlotTest = (slot: number) => boolean;
export type SearchedNames = Pick<Workspace, 'stages' | 'members'>;

export function searchTest({ terms }: Search, slots: LeadSlots, names: SearchedNames): SlotTest {
  return everyTest(terms.map((term) => termTest(term, slots, names)));
}

function termTest({ whole, parts }: SearchTerm, slots: LeadSlots, names: SearchedNames): SlotTest {
  const anyOf = (needles: readonly string[]) =>
    needles.map((needle) => needleTest(needle, slots, names));
  if (parts.length === 0) return someTest(anyOf(whole));
  return someTest([...anyOf(whole), everyTest(parts.map((needles) => someTest(anyOf(needles))))]);
}

function needleTest(needle: string, slots: LeadSlots, names: SearchedNames): SlotTest {
  const { texts, signatures } = slots;
  const mask = signatureMask(needle);
  const inText: SlotTest = (slot) =>
    signatures.mayHold(slot, mask) && (texts[slot] ?? '').includes(needle);
  const inNames = namesTest(needle, names);
  if (inNames === undefined) return inText;
  const known: (boolean | undefined)[] = [];
  return (slot) => {
    const facet = slots.facetOf(slot);
    known[facet] ??= inNames(slots.facets[facet]);
    return known[facet] || inText(slot);
  };
}

/** Whether a name that a lead shows holds the needle; undefined where no name does. */
function namesTest(needle: string, { stages, members }: SearchedNames) {
  const holds = (name: string) => foldText(name).includes(needle);
  const idsOf = (named: readonly { id: string; name: string }[]) =>
    new Set(named.filter(({ name }) => holds(name)).map(({ id }) => id));
  const [inStages, inMembers] = [idsOf(stages), idsOf(members)];
  const inStatuses = new Set(STATUSES.filter((status) => holds(STATUS_LABELS[status])));
  if (inStages.size + inMembers.size + inStatuses.size === 0) return undefined;
  return (facet: Facet | undefined): boolean =>
    facet !== undefined &&
    (inStages.has(facet.stage) ||
      inStatuses.has(facet.status) ||
      (facet.assignee !== null && inMembers.has(facet.assignee)));
}

function someTest(tests: SlotTest[]): SlotTest {
  const [first] = tests;
  if (first !== undefined && tests.length === 1) return first;
  return (slot) => tests.some((test) => test(slot));
}

function everyTest(tests: SlotTest[]): SlotTest {
  const [first] = tests;
  if (first !== undefined && tests.length === 1) return first;
  return (slot) => tests.every((test) => test(slot));
}

/** Phone numbers as people read them. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { NO_PHONE_PREFIX } from '../../../shared/lead/lead.ts';
import type { LeadRow } from '../../store/store-contract.ts';

const MAX_KNOWN = 2000;
const known = new Map<string, string>();

/** Whether the lead has no number that anybody could call. */
export function needsPhone({ key }: Pick<LeadRow, 'key'>): boolean {
  return key.startsWith(NO_PHONE_PREFIX);
}

/** `+55 11 98765 4321 ext. 5`; as it was written where it is no usable number. */
export function phoneText({ key, phone, extension }: LeadRow): string {
  const number = needsPhone({ key }) ? phone : international(key) || phone;
  return extension === '' ? number : `${number} ext. ${extension}`;
}

function international(key: string): string {
  let text = known.get(key);
  if (text === undefined) {
    if (known.size >= MAX_KNOWN) known.clear();
    text = parsePhoneNumberFromString(key)?.formatInternational() ?? '';
    known.set(key, text);
  }
  return text;
}

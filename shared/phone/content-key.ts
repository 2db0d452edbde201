/** The key of a lead that came without a usable phone number. */
import { NO_PHONE_PREFIX } from '../lead/lead.ts';
import { canonicalJson, type Json } from '../record/json.ts';
import { murmur3 } from './murmur3.ts';

/**
 * `x:` and 128 bits of MurmurHash3 over the canonical JSON of a row's values by field, in
 * whatever order: the same row of the same file merges with itself. Frozen, as keys are stored.
 */
export function contentKey(values: Record<string, Json>): string {
  return NO_PHONE_PREFIX + murmur3(new TextEncoder().encode(canonicalJson(values)));
}

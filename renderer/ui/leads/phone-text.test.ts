import { describe, expect, it } from 'vitest';
import type { LeadRow } from '../../store/store-contract.ts';
import { needsPhone, phoneText } from './phone-text.ts';

const lead = (values: Partial<LeadRow>) =>
  ({ key: '', phone: '', extension: '', ...values }) as LeadRow;

describe('phone text', () => {
  it('is international, with the extension', () => {
    expect(phoneText(lead({ key: '+5511987654321' }))).toBe('+55 11 98765 4321');
    expect(phoneText(lead({ key: '+12025550123', extension: '5' }))).toBe('+1 202 555 0123 ext. 5');
  });

  it('is what was written where there is no usable number', () => {
    expect(phoneText(lead({ key: 'x:1', phone: 'ask him' }))).toBe('ask him');
    expect(needsPhone({ key: 'x:1' })).toBe(true);
    expect(needsPhone({ key: '+5511987654321' })).toBe(false);
  });
});

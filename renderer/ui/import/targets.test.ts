import { describe, expect, it } from 'vitest';
import { customFieldId, type FieldDefinition } from '../../../shared/lead/fields.ts';
import {
  bringsAnything,
  choiceOf,
  choicesFor,
  hasPhone,
  isNewField,
  MAX_LABEL,
  namedField,
  targetOf,
  targetProblems,
} from './targets.ts';

const city: FieldDefinition = { id: 'c/city', label: 'City', type: 'text', order: 1 };
const budget: FieldDefinition = { id: 'c/budget', label: 'Budget', type: 'number', order: 2 };
const fields = [city, budget];
const columns = ['Phone', 'City', 'Note'].map((label) => ({
  label,
  samples: [],
  suggested: { to: 'nothing' as const },
}));

describe('a choice and its target', () => {
  it('stand for each other, whatever the choice', () => {
    for (const { items } of choicesFor('Note', fields)) {
      for (const { value } of items) {
        expect(choiceOf(targetOf(value, 'Note', fields), fields)).toBe(value);
      }
    }
  });

  it('take an existing field with its own name and type', () => {
    expect(targetOf('field:c/budget', 'BUDGET (EUR)', fields)).toEqual({
      to: 'custom',
      label: 'Budget',
      type: 'number',
    });
  });

  it('find an existing field however its name is written', () => {
    expect(choiceOf({ to: 'custom', label: ' CITY ', type: 'text' }, fields)).toBe('field:c/city');
  });

  it('give a new field another name than that of an existing one', () => {
    const target = targetOf('new', 'City', fields);
    expect(target).toEqual({ to: 'custom', label: 'City 2', type: 'text' });
    expect(isNewField(target, fields)).toBe(true);
  });

  it('keep a new field’s name within its length, also when it is numbered', () => {
    const label = 'x'.repeat(MAX_LABEL);
    const taken = [{ ...city, id: customFieldId(label), label }];
    const target = targetOf('new', label, taken);
    expect(target.to === 'custom' && target.label.length).toBeLessThanOrEqual(MAX_LABEL);
    expect(isNewField(target, taken)).toBe(true);
  });

  it('leave a column out when the choice is unknown', () => {
    expect(targetOf('field:c/gone', 'Note', fields)).toEqual({ to: 'nothing' });
  });
});

describe('a field by its name', () => {
  it('is the existing one, with its type', () => {
    expect(namedField('budget', 'text', fields)).toEqual({
      to: 'custom',
      label: 'Budget',
      type: 'number',
    });
  });

  it('is a new one otherwise, also without any name yet', () => {
    expect(namedField('Size', 'number', fields)).toMatchObject({ label: 'Size', type: 'number' });
    expect(namedField('', 'date', fields)).toMatchObject({ label: '', type: 'date' });
  });
});

describe('problems of targets', () => {
  it('are none when all places differ', () => {
    const targets = [{ to: 'phone' }, targetOf('field:c/city', 'City', fields)] as const;
    expect(targetProblems(columns, targets).size).toBe(0);
  });

  it('name the column that has the place already', () => {
    const problems = targetProblems(columns, [{ to: 'phone' }, { to: 'name' }, { to: 'phone' }]);
    expect([...problems]).toEqual([[2, 'Already taken by “Phone”']]);
  });

  it('see one field in two spellings', () => {
    const problems = targetProblems(columns, [
      { to: 'nothing' },
      { to: 'custom', label: 'City', type: 'text' },
      { to: 'custom', label: 'city!', type: 'text' },
    ]);
    expect([...problems.keys()]).toEqual([2]);
  });

  it('ask for the name of a new field', () => {
    const problems = targetProblems(columns, [{ to: 'custom', label: ' ', type: 'text' }]);
    expect(problems.get(0)).toMatch(/name/i);
  });

  it('do not mind columns left out twice', () => {
    const problems = targetProblems(columns, [{ to: 'nothing' }, { to: 'nothing' }]);
    expect(problems.size).toBe(0);
  });
});

describe('what an import brings', () => {
  it('is nothing with left-out columns or a country alone', () => {
    expect(bringsAnything([{ to: 'nothing' }, { to: 'country' }])).toBe(false);
    expect(bringsAnything([{ to: 'nothing' }, { to: 'name' }])).toBe(true);
  });

  it('is phone numbers only by the phone target', () => {
    expect(hasPhone([{ to: 'custom', label: 'Phone 2', type: 'phone' }])).toBe(false);
    expect(hasPhone([{ to: 'name' }, { to: 'phone' }])).toBe(true);
  });
});

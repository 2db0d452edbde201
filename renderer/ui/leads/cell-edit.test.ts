import { describe, expect, it } from 'vitest';
import { DEFAULT_STAGES } from '../../../shared/lead/pipeline.ts';
import type { LeadRow, Workspace } from '../../store/store-contract.ts';
import { cellEdit } from './cell-edit.ts';

const workspace: Workspace = {
  stages: [...DEFAULT_STAGES],
  fields: [],
  members: [],
  country: 'BR',
  timeZone: 'UTC',
};
const row: LeadRow = {
  key: '+5511987654321',
  phone: '',
  extension: '',
  name: 'Ana',
  state: { stage: 'new', status: 'open' },
  assignee: null,
  createdAt: 1,
  updatedAt: 1,
  custom: {},
};
const edit = (column: string, entered: unknown) => cellEdit(row, column, entered, workspace);

describe('a cell edit', () => {
  it('closes a lead that is won, and trims names', () => {
    expect(edit('state', 'won')?.value).toEqual({ stage: 'won', status: 'closed' });
    expect(edit('name', ' Bea ')).toMatchObject({ value: 'Bea', row: { name: 'Bea' } });
  });

  it('clears by blank', () => {
    expect(edit('name', '')?.value).toBeNull();
    expect(edit('assignee', '')?.value).toBeNull();
    expect(edit('c/city', '  ')).toMatchObject({
      value: null,
      row: { custom: { 'c/city': null } },
    });
  });

  it('keeps the type of what was entered', () => {
    expect(edit('c/size', 12)?.value).toBe(12);
    expect(edit('c/vip', true)?.value).toBe(true);
  });

  it('is none for what can’t be edited', () => {
    expect(edit('createdAt', 5)).toBeUndefined();
    expect(edit('state', 'gone')).toBeUndefined();
  });
});

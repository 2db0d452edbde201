/** Which field each column of a file fills. */
import {
  CUSTOM_PREFIX,
  customFieldId,
  FIELD,
  type FieldDefinition,
  type FieldType,
} from '../lead/fields.ts';
import type { ColumnTarget } from './mapping.ts';

const MAX_LABEL = 80;

/** What a value is besides the value of its field. */
export type ColumnRole = 'phone' | 'firstName' | 'country';

/** A column's part in a row. */
export interface ColumnField {
  /** Id of the field. */
  id: string;
  type: FieldType;
  role: ColumnRole | undefined;
}

export interface ColumnFields {
  /** One for each column of the file, undefined for those that are left out. */
  columns: readonly (ColumnField | undefined)[];
  /** The custom fields among them. */
  definitions: FieldDefinition[];
}

/**
 * The fields that a plan's columns fill. No two columns fill the same: what would be the second
 * phone number, say, becomes a custom field of its own.
 */
export function columnFields(targets: readonly ColumnTarget[]): ColumnFields {
  const fields = new Fields(targets.some(({ to }) => to === 'name'));
  const columns = targets.map((target, index) => fields.of(target, index));
  return { columns, definitions: fields.definitions };
}

class Fields {
  readonly definitions: FieldDefinition[] = [];
  private readonly taken = new Set<string>();

  constructor(private readonly hasName: boolean) {}

  of(target: ColumnTarget, index: number): ColumnField | undefined {
    switch (target.to) {
      case 'nothing':
        return undefined;
      case 'phone':
        return (
          this.system(FIELD.phone, 'phone', 'phone') ?? this.custom('Phone Number', 'phone', index)
        );
      case 'name':
        return this.system(FIELD.name, 'text') ?? this.custom('Customer Name', 'text', index);
      case 'firstName':
        if (this.hasName) return this.custom('First Name', 'text', index, 'firstName');
        return this.system(FIELD.name, 'text') ?? this.custom('First Name', 'text', index);
      case 'lastName':
        return this.custom('Last Name', 'text', index);
      case 'country':
        return this.custom('Country', 'text', index, 'country');
      case 'custom':
        return this.custom(target.label, target.type, index);
    }
  }

  private system(id: string, type: FieldType, role?: ColumnRole): ColumnField | undefined {
    if (this.taken.has(id)) return undefined;
    this.taken.add(id);
    return { id, type, role };
  }

  private custom(name: string, type: FieldType, index: number, role?: ColumnRole): ColumnField {
    const label = customLabel(name, index, this.taken);
    const id = customFieldId(label);
    this.definitions.push({ id, label, type, order: (index + 1) * 10 });
    return { id, type, role };
  }
}

/**
 * The label for a column's custom field: the header, shortened, or `Column 3` where it has no
 * letters. A label whose field another column has taken gets a number.
 * @param taken ids of the fields taken so far, to which this one is added
 */
export function customLabel(header: string, index: number, taken: Set<string>): string {
  const plain = shortened(header.replace(/\s+/g, ' ').trim(), MAX_LABEL);
  const label = /[\p{L}\p{N}]/u.test(plain) ? plain : columnLabel(index);
  for (let n = 1; ; n++) {
    const numbered = n === 1 ? label : `${shortened(label, MAX_LABEL - 5)} ${n}`;
    const id = customFieldId(numbered);
    if (id === CUSTOM_PREFIX || taken.has(id)) continue;
    taken.add(id);
    return numbered;
  }
}

/** What a column without a header is called. */
export function columnLabel(index: number): string {
  return `Column ${index + 1}`;
}

function shortened(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .replace(/[\ud800-\udbff]$/, '')
        .trim();
}

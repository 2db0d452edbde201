/** The right side of a condition: an operator and the value that leads are compared with. */
import type { Json } from '../record/json.ts';
import { type Operator, VALUE_SCHEMAS, type ValueOf, type ValueShape } from './operators.ts';

export class Comparison {
  readonly operator: Operator['id'];

  constructor(
    { id }: Operator,
    private readonly value: Json | undefined,
  ) {
    this.operator = id;
  }

  /** The value, which was checked to have this shape. */
  as<S extends ValueShape>(shape: S): ValueOf<S> {
    return VALUE_SCHEMAS[shape].parse(this.value) as ValueOf<S>;
  }

  /** One or more choices. */
  get choices(): string[] {
    const isOne = this.operator === 'is' || this.operator === 'isNot';
    return isOne ? [this.as('choice')] : this.as('choices');
  }
}

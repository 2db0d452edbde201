/**
 * What many leads have in common, kept once: combinations of stage, status and assignee get a
 * number, by which a question about names is answered for all leads that share them.
 */
import type { Lead } from '../../shared/lead/lead.ts';
import type { Status } from '../../shared/lead/pipeline.ts';

export interface Facet {
  stage: string;
  status: Status;
  assignee: string | null;
}

export class Facets {
  /** By number. */
  readonly all: Facet[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf({ state: { stage, status }, assignee }: Lead): number {
    const key = `${status} ${assignee ?? ''} ${stage}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.all.push({ stage, status, assignee }) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }
}

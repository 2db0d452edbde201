/** Phone numbers within folded text, reduced to digits so that they are found in any format. */

/** Digits that belong together, as `98765-43210` or `+91 (0) 98765 43210`, and where they stand. */
export interface NumberRun {
  /** Digits, after a `+` where the run begins with one. */
  number: string;
  /** For each character of `number`, its place in the text. */
  places: number[];
}

/** Shorter runs are no phone numbers. */
const MIN_RUN = 6;
const MIN_DIGITS = 3;

/** Digits with at most a few separators between. */
const RUN = /\+?[ (]{0,2}\d(?:[ ().\-/]{0,4}\d)+/g;

/** The numbers in a text that are written with separators, which a plain search would not find. */
export function numberRuns(folded: string): NumberRun[] {
  if (!/\d[ ().\-/]{1,4}\d/.test(folded)) return [];
  const runs: NumberRun[] = [];
  for (const { 0: text, index } of folded.matchAll(RUN)) {
    const run = runOf(text, index);
    if (run.number !== text.trim() && run.number.length >= MIN_RUN) runs.push(run);
  }
  return runs;
}

/**
 * What to look for in numbers when somebody types one: `+` and its digits, or else the digits
 * without leading zeros, which are dialled in one country and not from another.
 */
export function numberNeedle(typed: string): string {
  const { number } = runOf(typed.trim(), 0);
  const trimmed = number.replace(/^0+/, '');
  return trimmed.length >= MIN_DIGITS ? trimmed : number;
}

/** The digits in a text; after a `+`, without a trunk zero in parentheses. */
function runOf(text: string, index: number): NumberRun {
  const isInternational = /^\(?\+/.test(text);
  const trunkZero = isInternational ? text.indexOf('(0)') + 1 : 0;
  const run: NumberRun = { number: '', places: [] };
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    const isDigit = character >= '0' && character <= '9' && (trunkZero === 0 || i !== trunkZero);
    const isPlus = character === '+' && isInternational && run.number === '';
    if (!isDigit && !isPlus) continue;
    run.number += character;
    run.places.push(index + i);
  }
  return run;
}

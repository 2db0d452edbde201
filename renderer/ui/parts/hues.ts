/** Named colours of stages and people, as the theme's variables. */

const HUES = [
  'gray',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
] as const;
const FALLBACK = 'var(--hue-gray)';

/** The colour of a stage by its stored name; gray for one this version does not know. */
export function namedHue(name: string): string {
  return HUES.some((hue) => hue === name) ? `var(--hue-${name})` : FALLBACK;
}

/** A colour for an id, always the same and never gray. */
export function hueOf(id: string): string {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) >>> 0;
  return `var(--hue-${HUES[1 + (sum % (HUES.length - 1))] ?? 'gray'})`;
}

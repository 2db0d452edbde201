/** The version in package.json, which the build puts in. */
declare const __SATCHEL_VERSION__: string | undefined;

export const VERSION =
  typeof __SATCHEL_VERSION__ === 'string' ? __SATCHEL_VERSION__ : '0.0.0-development';

/** What the server needs of a database: PGlite or PostgreSQL, the same SQL on both. */

export interface Queryable {
  /** One statement; parameters are `$1`, `$2`, … */
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export interface Transaction extends Queryable {
  /** Several statements at once, without parameters. */
  script(sql: string): Promise<void>;
  /** Undoes everything at the end, without its being an error. */
  undo(): void;
}

export interface Database extends Queryable {
  readonly engine: 'pglite' | 'postgres';
  /** Commits when `work` is done, undoes everything when it throws. `work` may run again. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Tells the other processes on this database once `tx` is committed; where there can be any. */
  notify?(tx: Transaction, text: string): Promise<void>;
  /** Calls back with what others, or this one, told. @returns a function that stops it */
  listen?(onText: (text: string) => void): () => Promise<void>;
  close(): Promise<void>;
}

/** The SQLSTATE of a database's error, or a network error's code. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a row with the same unique key was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCode(error) === '23505';
}

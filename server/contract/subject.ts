import type { Database } from '../store/database.ts';

/** What the contract's tests run against; there only once they run. */
export interface Subject {
  address(): string;
  /** All that it answers, as `GET /v1/health`. */
  routes(): string[];
  database(): Database;
  /** Opens the same data as another process would; undefined where none can. */
  another: (() => Database) | undefined;
}

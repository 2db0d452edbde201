/** Opens the database that was asked for, with its tables up to date. */
import type { Options } from './options.ts';
import { messageOf, StartError } from './start-error.ts';
import type { Database } from './store/database.ts';
import { assertDurable } from './store/durable-fs.ts';
import { migrate } from './store/migrate.ts';
import { openPglite } from './store/pglite.ts';
import { openPostgres } from './store/postgres.ts';

/**
 * @param onBroken told when nothing can be written any more
 * @param onIdleError told when an unused connection broke; a new one is made when needed
 * @throws StartError
 */
export async function openDatabase(
  { databaseUrl, dataFolder }: Options,
  onBroken: (error: unknown) => void,
  onIdleError: (error: unknown) => void,
): Promise<Database> {
  return databaseUrl === undefined
    ? openFolder(dataFolder, onBroken)
    : openServer(databaseUrl, onIdleError);
}

async function openFolder(folder: string, onBroken: (error: unknown) => void): Promise<Database> {
  try {
    const database = await openPglite(folder, onBroken);
    await migrate(database);
    await assertDurable(database, database.files);
    return database;
  } catch (error) {
    throw new StartError(
      `Can't open the data in ${folder}: ${messageOf(error)}. If they are damaged, put back a copy of the folder.`,
    );
  }
}

async function openServer(url: string, onIdleError: (error: unknown) => void): Promise<Database> {
  const database = openPostgres(url, onIdleError);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw new StartError(
      `Can't use the PostgreSQL database: ${messageOf(error)}. Check DATABASE_URL, and that the database is there and running.`,
    );
  }
}

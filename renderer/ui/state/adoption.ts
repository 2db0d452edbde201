/**
 * Bringing the leads made alone into a team. The wish is written down until it is done, so that
 * a crash or a full disk in between loses nothing: merging them again changes nothing.
 */
import { z } from 'zod';
import { countOf } from '../format.ts';
import { notifyDone, notifyProblem, notifyWorking } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { store } from '../store-client.ts';

const STORAGE_KEY = 'satchel.adopt';
const wishSchema = z.object({ from: z.string(), into: z.string() });
type Wish = z.infer<typeof wishSchema>;

let isRunning = false;

/** Remembers that the leads of one store belong into another. */
export function wishToBring(wish: Wish): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(wish));
}

/** Brings them into the open store, if that is what somebody wished. */
export async function bringPending(openStore: string): Promise<void> {
  const wish = readWish();
  if (isRunning || wish === undefined || wish.into !== openStore) return;
  isRunning = true;
  const notice = notifyWorking('Bringing your leads into the team…');
  try {
    const { leads } = await store.call('adopt', { store: wish.from });
    localStorage.removeItem(STORAGE_KEY);
    notifyDone(`${countOf(leads, 'lead')} brought into the team`, notice);
  } catch (error) {
    const advice = 'They are safe on this laptop, and Satchel tries again when it starts.';
    notifyProblem(
      'Your leads are not in the team yet',
      `${problemOf(error).message} ${advice}`,
      notice,
    );
  } finally {
    isRunning = false;
  }
}

function readWish(): Wish | undefined {
  try {
    return wishSchema.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? ''));
  } catch {
    return undefined;
  }
}

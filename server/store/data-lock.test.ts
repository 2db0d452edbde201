import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { Locked, type LockPlace, lockFolder, lockPlace } from './data-lock.ts';

const { folder: root, remove } = temporaryFolder();
afterAll(remove);
let folders = 0;
function newFolder(): string {
  const folder = path.join(root, `${++folders}`);
  mkdirSync(folder);
  return folder;
}

const asHere = (folder: string) => lockPlace(folder);
const withFile = (folder: string) => lockPlace(folder, 'darwin');
const platforms: [string, (folder: string) => LockPlace][] = [
  [`as on ${process.platform}`, asHere],
  ['with a socket file', withFile],
];
const testable = platforms.filter(([, place]) => place === asHere || process.platform !== 'win32');

describe.each(testable)('the lock of a data folder %s', (_, place) => {
  it('is held once, and tells where its holder serves', async () => {
    const folder = newFolder();
    const lock = await lockFolder(folder, place(folder));
    await expect(lockFolder(folder, place(folder))).rejects.toMatchObject({ address: undefined });
    lock.tell('http://127.0.0.1:4747');
    const refused = await lockFolder(folder, place(folder)).catch((error) => error);
    expect(refused).toBeInstanceOf(Locked);
    expect(refused).toMatchObject({ address: 'http://127.0.0.1:4747' });
    await lock.release();
    await (await lockFolder(folder, place(folder))).release();
  });

  it('is the same by whatever path one comes', async () => {
    const folder = newFolder();
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    const lock = await lockFolder(folder, place(folder));
    await expect(lockFolder(link, place(link))).rejects.toThrow(Locked);
    await lock.release();
  });

  it('is another one for another folder', async () => {
    const [a, b] = [newFolder(), newFolder()];
    const locks = [await lockFolder(a, place(a)), await lockFolder(b, place(b))];
    for (const lock of locks) await lock.release();
  });

  it('ends with its holder, however that dies', async () => {
    const folder = newFolder();
    await dieHolding(place(folder).socket);
    await (await lockFolder(folder, place(folder))).release();
  });

  it('goes to one of those who find its holder dead', async () => {
    const folder = newFolder();
    await dieHolding(place(folder).socket);
    const all = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder, place(folder))));
    const held = all.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(held).toHaveLength(1);
    for (const lock of held) await lock.release();
  });
});

describe('the place of the lock', () => {
  it('is free again when somebody died while taking it', async () => {
    const folder = newFolder();
    const place = withFile(folder);
    const longAgo = new Date(Date.now() - 60_000);
    mkdirSync(`${place.socket}.taking`);
    utimesSync(`${place.socket}.taking`, longAgo, longAgo);
    await (await lockFolder(folder, place)).release();
  });

  it('is a short path, however long the folder’s', () => {
    const deep = path.join(root, 'a'.repeat(100));
    mkdirSync(deep);
    expect(lockPlace(deep, 'darwin').socket.length).toBeLessThan(108);
    expect(lockPlace(root, 'win32').socket).toMatch(/^\\\\\.\\pipe\\satchel-[0-9a-f]{32}$/);
  });
});

/** Another process that listens on the socket until it is killed. */
async function dieHolding(socket: string): Promise<void> {
  const script = `require('net').createServer().listen(${JSON.stringify(socket)}, () => console.log())`;
  const child = spawn(process.execPath, ['-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

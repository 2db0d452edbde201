import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type AppContract, appContract } from '../../shared/ipc/app-contract.ts';
import { WINDOW_EVENTS, WINDOW_METHODS, type WireAnswer } from '../../shared/ipc/preload-api.ts';
import { type Handlers, RemoteError } from '../../shared/ipc/rpc.ts';
import { type Call, isFromOurPage } from './sender.ts';
import { serveWindow } from './serve-window.ts';

const contents = { id: 1 };
const OWN = 'app://satchel/';
const ours: Call = { sender: contents, senderFrame: { url: OWN, parent: null } };
const channels = new Map<string, (event: Call, input: unknown) => Promise<WireAnswer>>();
const copyText = vi.fn();

beforeEach(() => {
  copyText.mockReset().mockResolvedValue({});
  channels.clear();
  const ipc = { handle: (name: string, listener: never) => void channels.set(name, listener) };
  const handlers = { copyText } as unknown as Handlers<AppContract>;
  serveWindow(ipc, handlers, (event: Call) => isFromOurPage(event, contents));
});

function copy(input: unknown, event = ours) {
  return channels.get('satchel:copyText')?.(event, input);
}

test('there is one channel for each method', () => {
  const names = Object.keys(appContract.methods).map((method) => `satchel:${method}`);
  expect([...channels.keys()]).toEqual(names);
});

test('an answer comes as output', async () => {
  expect(await copy({ text: 'hello' })).toEqual({ output: {} });
  expect(copyText).toHaveBeenCalledWith({ text: 'hello' });
});

test('an error keeps its code and message', async () => {
  copyText.mockRejectedValue(new RemoteError('email-taken', 'That address is taken'));
  const error = { code: 'email-taken', message: 'That address is taken' };
  expect(await copy({ text: '' })).toEqual({ error });
});

test.each([[undefined], [{}], [{ text: 7 }], [{ text: 'x'.repeat(10_001) }]])(
  'input that does not fit is refused',
  async (input) => {
    expect(await copy(input)).toMatchObject({ error: { code: 'invalid' } });
    expect(copyText).not.toHaveBeenCalled();
  },
);

describe('senders', () => {
  test('the page in our window is heard, at any address of its own', () => {
    expect(isFromOurPage(ours, contents)).toBe(true);
    const later = { sender: contents, senderFrame: { url: `${OWN}index.html#a`, parent: null } };
    expect(isFromOurPage(later, contents)).toBe(true);
  });

  test.each<[string, Call]>([
    ['another window', { ...ours, sender: { id: 1 } }],
    ['a frame within', { ...ours, senderFrame: { url: OWN, parent: {} } }],
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['a foreign page', { ...ours, senderFrame: { url: 'https://satchel/', parent: null } }],
    ['another host', { ...ours, senderFrame: { url: 'app://satchel.evil/', parent: null } }],
    ['no address', { ...ours, senderFrame: { url: '', parent: null } }],
  ])('%s is refused', async (_who, event) => {
    expect(await copy({ text: 'hello' }, event)).toMatchObject({ error: { code: 'forbidden' } });
    expect(copyText).not.toHaveBeenCalled();
  });

  test('nobody is heard when there is no window', () => {
    expect(isFromOurPage({ ...ours, sender: undefined }, undefined)).toBe(false);
  });
});

describe('what the preload lets through', () => {
  test('is all of the contract but the paths of files', () => {
    const all = new Set(Object.keys(appContract.methods));
    all.delete('registerDroppedFile');
    expect(new Set(WINDOW_METHODS)).toEqual(all);
    expect(new Set(WINDOW_EVENTS)).toEqual(new Set(Object.keys(appContract.events)));
  });
});

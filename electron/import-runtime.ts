/** Import processes as Electron makes them. */
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import type { ImportRuntime } from './import-host.ts';

/** @param script the built import process */
export function importRuntime(script: string): ImportRuntime<MessagePortMain> {
  return {
    fork: () => utilityProcess.fork(script, [], { serviceName: 'Satchel import' }),
    newChannel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return { forProcess: port1, forWindow: port2 };
    },
  };
}

/** Entry of the import process, an Electron utility process: one file at a time, off every other thread. */
import { constants, setPriority } from 'node:os';
import type {} from 'electron';
import { type ImportParent, serveImports } from './serve-imports.ts';

// Electron's own type of the port is wider than what is used of it.
const parent: ImportParent | undefined = process.parentPort;
// Reading a file must never slow down what a person does meanwhile.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
if (parent) serveImports(parent);

/** Entry of the import process, an Electron utility process: one file at a time, off every other thread. */
import type {} from 'electron';
import { type ImportParent, serveImports } from './serve-imports.ts';

// Electron's own type of the port is wider than what is used of it.
const parent: ImportParent | undefined = process.parentPort;
if (parent) serveImports(parent);

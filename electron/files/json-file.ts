/** A small JSON file with a schema: read whole, written whole. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { setAside, writeAtomically } from './atomic-write.ts';

export class JsonFile<S extends z.ZodType> {
  /** @param initial what a missing file stands for */
  constructor(
    readonly file: string,
    private readonly schema: S,
    private readonly initial: () => z.output<S>,
  ) {}

  /** The content; a file that does not fit the schema is set aside, and counts as missing. */
  read(): z.output<S> {
    const text = this.text();
    if (text === undefined) return this.initial();
    const parsed = this.schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const aside = setAside(this.file);
    console.error(`${path.basename(this.file)} is damaged; it was kept as ${path.basename(aside)}`);
    return this.initial();
  }

  write(content: z.input<S>): void {
    writeAtomically(this.file, `${JSON.stringify(content, null, 2)}\n`);
  }

  private text(): string | undefined {
    try {
      return readFileSync(this.file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Bearer tokens: `tokens.json`, encrypted with the system's key where there is one. */
import path from 'node:path';
import { z } from 'zod';
import { JsonFile } from '../files/json-file.ts';

const tokensSchema = z.object({
  version: z.literal(1),
  /** By the store of the profile. */
  tokens: z.record(z.string(), z.object({ encrypted: z.boolean(), value: z.string() })),
});

/** What the system offers for keeping secrets. */
export interface Vault {
  isAvailable(): boolean;
  encrypt(text: string): Buffer;
  /** @throws when another key encrypted it */
  decrypt(data: Buffer): string;
}

/** The file is its owner's alone (mode 0600), which is all there is where the vault is missing. */
export class TokenFile {
  private readonly file: JsonFile<typeof tokensSchema>;

  constructor(
    folder: string,
    private readonly vault: Vault,
  ) {
    const initial = () => ({ version: 1 as const, tokens: {} });
    this.file = new JsonFile(path.join(folder, 'tokens.json'), tokensSchema, initial);
  }

  /** The token of a profile; undefined if there is none, or the key to it is gone. */
  get(store: string): string | undefined {
    const { tokens } = this.file.read();
    const kept = Object.hasOwn(tokens, store) ? tokens[store] : undefined;
    if (!kept?.encrypted) return kept?.value;
    try {
      return this.vault.decrypt(Buffer.from(kept.value, 'base64'));
    } catch {
      return undefined;
    }
  }

  set(store: string, token: string): void {
    const { tokens } = this.file.read();
    const encrypted = this.vault.isAvailable();
    const value = encrypted ? this.vault.encrypt(token).toString('base64') : token;
    this.file.write({ version: 1, tokens: { ...tokens, [store]: { encrypted, value } } });
  }

  remove(store: string): void {
    const { [store]: _removed, ...tokens } = this.file.read().tokens;
    this.file.write({ version: 1, tokens });
  }
}

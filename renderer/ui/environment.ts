/**
 * What must be set before any other module runs. Import this first.
 *
 * - The content security policy allows no `eval`, which zod would otherwise probe for.
 * - It requires trusted types: the only markup-like sink in use is the URL of the store's worker.
 * - The colour scheme stands before the first paint.
 */
import { z } from 'zod';
import { applyColorScheme } from './color-scheme.ts';

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

function allowOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin === location.origin) return url;
      throw new TypeError('Scripts come from the app only');
    },
  });
}

z.config({ jitless: true });
allowOwnWorkers();
applyColorScheme();

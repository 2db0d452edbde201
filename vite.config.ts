/** One build for all parts: `vite build --app` makes every environment below. */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import manifest from './package.json' with { type: 'json' };

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const nodeBuiltins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** A part that runs in Electron's own Node: one CommonJS file with everything in it. */
function electronPart(name: string, entry: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron', ...nodeBuiltins] },
    build: {
      target: 'node18',
      outDir: at(`dist/${name}`),
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { [name]: at(entry) },
        external: ['electron', ...nodeBuiltins],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

export default defineConfig({
  root: at('renderer'),
  base: './',
  plugins: [react()],
  define: { __SATCHEL_VERSION__: JSON.stringify(manifest.version) },
  worker: { format: 'es' },
  environments: {
    client: {
      build: {
        target: 'chrome114',
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        sourcemap: true,
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 4000,
      },
    },
    main: electronPart('main', 'electron/main.ts'),
    preload: electronPart('preload', 'electron/preload.ts'),
    import: electronPart('import', 'electron/import/process.ts'),
    server: {
      consumer: 'server',
      build: {
        target: 'node20',
        outDir: at('dist/server'),
        emptyOutDir: true,
        sourcemap: true,
        minify: false,
        rolldownOptions: {
          input: { server: at('server/main.ts') },
          output: { format: 'es', entryFileNames: '[name].mjs' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
    },
  },
});

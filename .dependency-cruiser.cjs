/** Which folder may import which: shared/ stands alone, and the sides meet only there. */
const side = (from, to, why) => ({
  name: `${from}-not-${to}`.replace(/[^a-z-]/g, ''),
  severity: 'error',
  comment: why,
  from: { path: `^${from}/` },
  to: { path: `^${to}/` },
});

module.exports = {
  forbidden: [
    {
      name: 'shared-stands-alone',
      severity: 'error',
      comment: 'domain rules are pure: no other folder, no Node, no Electron',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(electron|renderer|server|tests|build)/' },
    },
    {
      name: 'shared-without-io',
      severity: 'error',
      comment: 'shared/ runs in a window, a worker, Electron and the server alike',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    side('renderer', '(electron|server)', 'the window talks to other processes by contract only'),
    side('electron', '(renderer|server)', 'the main process knows neither window code nor server'),
    side('server', '(electron|renderer)', 'the server runs without a desktop'),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};

// How the command line is bundled: one file for each command that is loaded on demand, so that `--help` stays fast.

/** The checkout. */
export const root = new URL('..', import.meta.url).pathname;

// A model of every Kubernetes API, which a bundler keeps for side effects that it has not: we use its kubeconfig alone, and
// every process would hold all of it in memory.
const client = '@kubernetes/client-node';
const withoutModels = {
  name: 'without-models',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /./ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === client || !(path === client || where.importer.includes(`/node_modules/${client}/`))) return;
      const resolved = await resolve(path, { ...where, pluginData: client });
      return resolved.external || resolved.errors.length > 0 ? resolved : { ...resolved, sideEffects: false };
    }),
};

/** What esbuild is told. */
export const bundle = {
  absWorkingDir: root,
  entryPoints: { quayside: 'src/cli/main.ts' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
  // The text of a program stays in memory as long as it runs. Short lines keep the places in a stack trace of use.
  minifyWhitespace: true,
  lineLimit: 120,
  plugins: [withoutModels],
  legalComments: 'none',
  logLevel: 'warning',
  // Some dependencies are CommonJS and expect these three.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    ].join('\n'),
  },
};

const simulator = '@quayside/simulator';
const withoutSimulator = {
  name: 'without-simulator',
  // The demo stands on the simulator, and goes with it.
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@quayside\/simulator$|\/demo\/play\.js$/ }, () => ({ path: simulator, external: true })),
};

/** The same for the operator's image. */
export const forImage = { ...bundle, plugins: [withoutSimulator, ...bundle.plugins] };

// How the command line is bundled: one file for each command that is loaded on demand, so that `--help` stays fast.

import { dirname } from 'node:path';

/** The checkout. */
export const root = new URL('..', import.meta.url).pathname;

// A model of every Kubernetes API, which a bundler keeps for side effects that it has not: we use its kubeconfig alone, and
// every process would hold all of it in memory.
const client = '@kubernetes/client-node';
export const withoutModels = {
  name: 'without-models',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /./ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === client || !(path === client || where.importer.includes(`/node_modules/${client}/`))) return;
      const resolved = await resolve(path, { ...where, pluginData: client });
      return resolved.external || resolved.errors.length > 0 ? resolved : { ...resolved, sideEffects: false };
    }),
};

// Its index loads all of undici, its fetch, caches, mocks and web sockets as well. A name that is missing here fails the build.
const parts = `
  import dispatcher from './lib/dispatcher/dispatcher.js';
  import api from './lib/api/index.js';
  Object.assign(dispatcher.prototype, api);
  export { default as Agent } from './lib/dispatcher/agent.js';
  export { default as Pool } from './lib/dispatcher/pool.js';
  export { default as ProxyAgent } from './lib/dispatcher/proxy-agent.js';
  export { default as buildConnector } from './lib/core/connect.js';
  export { getGlobalDispatcher } from './lib/global.js';
  export { fetch } from './lib/web/fetch/index.js';
`;
const index = /\/node_modules\/undici\/index\.js$/;
const withoutRestOfUndici = {
  name: 'without-rest-of-undici',
  setup: ({ onLoad, onResolve, resolve }) => {
    onLoad({ filter: index }, ({ path }) => ({ contents: parts, loader: 'js', resolveDir: dirname(path) }));
    onResolve({ filter: /^\.\/lib\// }, async ({ path, pluginData, ...where }) => {
      if (pluginData === index || !index.test(where.importer)) return;
      return { ...(await resolve(path, { ...where, pluginData: index })), sideEffects: false };
    });
  },
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
  plugins: [withoutModels, withoutRestOfUndici],
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
    onResolve({ filter: /^@quayside\/simulator(\/|$)|\/demo\/play(-review)?\.js$/ }, () => ({
      path: simulator,
      external: true,
    })),
};

/** The same for the operator's image. */
export const forImage = { ...bundle, plugins: [withoutSimulator, ...bundle.plugins] };

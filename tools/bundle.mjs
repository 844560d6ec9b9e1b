// How the command line is bundled: one file for each command that is loaded on demand, so that `--help` stays fast.

/** The checkout. */
export const root = new URL('..', import.meta.url).pathname;

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

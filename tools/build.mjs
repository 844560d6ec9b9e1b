// Bundles the command line into build/: one file for each command that is loaded on demand, so that `--help` stays fast.
import { rename, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const fresh = `${root}build.${process.pid}`;
await build({
  absWorkingDir: root,
  entryPoints: { quayside: 'src/cli/main.ts' },
  outdir: fresh,
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
});
// Whoever runs the old one while this is built must not find half of the new one.
await rm(`${root}build`, { recursive: true, force: true });
await rename(fresh, `${root}build`);

// Bundles the command line into build/; with --image, what the operator's image holds: neither simulator nor demo.
import { rename, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundle, forImage, root } from './bundle.mjs';

const fresh = `${root}build.${process.pid}`;
await build({ ...(process.argv.includes('--image') ? forImage : bundle), outdir: fresh });
// Whoever runs the old one while this is built must not find half of the new one.
await rm(`${root}build`, { recursive: true, force: true });
await rename(fresh, `${root}build`);

import { env } from 'node:process';
import { describeError, QuaysideError } from '../src/errors/index.js';
import { readOptions } from './options/read.js';
import { writeManifests } from './write.js';

try {
  writeManifests(readOptions(env), env.CDK8S_OUTDIR ?? 'dist');
} catch (error) {
  if (!(error instanceof QuaysideError)) throw error;
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}

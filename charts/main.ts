import { env } from 'node:process';
import { describeError, QuaysideError } from '../src/errors/index.js';
import { readOptions } from './options/read.js';
import { writeManifests } from './write.js';

// cdk8s empties the folder before it starts this, so the options are looked at once before.
const onlyCheck = process.argv.includes('--check');
try {
  const options = readOptions(env);
  if (!onlyCheck) writeManifests(options, env.CDK8S_OUTDIR ?? 'dist');
} catch (error) {
  if (!(error instanceof QuaysideError)) throw error;
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}

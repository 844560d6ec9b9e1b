import { type LocatedFault } from '../../app/registry/open-registry.js';
import { tell } from '../print.js';

/** Tells faults beside the result. An error sets the exit code 1. */
export async function tellFaults(faults: readonly LocatedFault[]): Promise<void> {
  if (faults.length === 0) return;
  const { faultsAsText } = await import('../../app/registry/describe-faults.js');
  tell(`${faultsAsText(faults)}\n`);
  if (faults.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

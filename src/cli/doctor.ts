import { Command } from 'commander';
import { type InputOptions } from '../pipeline/input-options.js';
import { print } from './print.js';
import { clusterOptions, example, integrationOptions, outputOption, quayOptions } from './options.js';

interface DoctorOptions extends InputOptions {
  readonly output: 'text' | 'json';
}

const marks = { ok: ['green', '✓'], warning: ['yellow', '!'], failed: ['red', '✗'], skipped: ['dim', '-'] } as const;

/** `quayside doctor`: whether everything that an apply needs is in place. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .summary('check everything that an apply needs')
    .description(
      'Checks the address, the TLS and the features of Quay, the token and its rights, what can be read of the cluster, which names have to be mapped, the state repository, and whether documents may have the Secrets that they name. Writes nothing, but for a ref in a remote state repository that it deletes at once. Exit code 1 when something would keep apply from working.',
    );
  outputOption(quayOptions(integrationOptions(clusterOptions(command)))).action(doctor);
  return example(command, 'quayside doctor --cluster cluster.yaml --integration integration.yaml');
}

async function doctor(options: DoctorOptions): Promise<void> {
  const { examine } = await import('../app/doctor.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const checks = await examine(options, readConfiguration());
  if (options.output === 'json') print(`${JSON.stringify({ checks }, null, 2)}\n`);
  else {
    for (const { name, outcome, message, hint } of checks) {
      const [colour, mark] = marks[outcome];
      print(`${name}: ${message}\n${hint === undefined ? '' : `    ${hint}\n`}`, { colour, word: mark });
    }
  }
  if (checks.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}

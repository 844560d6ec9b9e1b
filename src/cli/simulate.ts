import { type Simulator } from '@quayside/simulator';
import { Command } from 'commander';
import { InvalidInput } from '../errors/index.js';
import { example, port } from './options.js';
import { withSimulator } from './with-simulator.js';

interface SimulateOptions {
  readonly port: number;
  readonly controlPort: number;
  readonly scenario?: string;
}

/** `quayside simulate`: the simulated Quay alone, until it is interrupted. */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .summary('run a simulated Quay')
    .description(
      [
        "Runs a simulator of Quay's management API on loopback until it is interrupted, and prints one line of JSON: its address, the address of its control server, and the tokens of its users.",
        '',
        'The control server takes POST /run-garbage-collector, POST /latency {"ms": 10}, POST /clock {"seconds": 60}, GET /requests, GET /requests/list, DELETE /requests, POST /faults and DELETE /faults.',
      ].join('\n'),
    )
    .option('-p, --port <number>', 'port of the simulated Quay', port, 0)
    .option('--control-port <number>', 'port of the control server', port, 0)
    .option(
      '--scenario <file>',
      'take users, tokens and features from this scenario file (default: user admin, token superuser)',
    )
    .action(simulate);
  return example(command, 'quayside simulate --port 8080 --scenario test/contract/quay-api/03-robots.json');
}

async function simulate(options: SimulateOptions): Promise<void> {
  const { InvalidOptions, readScenario, startSimulator } = await withSimulator(() => import('@quayside/simulator'));
  const started = async (): Promise<Simulator> => {
    const scenario = options.scenario === undefined ? {} : await readScenario(options.scenario);
    return startSimulator({ ...scenario, port: options.port, controlPort: options.controlPort });
  };
  const simulator = await started().catch((error: unknown) => {
    throw error instanceof InvalidOptions ? new InvalidInput(error.faults) : error;
  });
  const { url, control, credentials } = simulator;
  // Who reads the line may interrupt at once.
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  process.stdout.write(`${JSON.stringify({ url, control, credentials })}\n`);
  await interrupted;
  await simulator.close();
}

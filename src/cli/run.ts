import { hostname } from 'node:os';
import { Command, Option } from 'commander';
import metadata from '../../package.json' with { type: 'json' };
import { certificateDefaults, flavours } from '../certs/options.js';
import { type Settings } from '../operator/settings.js';
import {
  credentialsNamespaces,
  example,
  liveClusterOptions,
  processOptions,
  seconds,
  text,
  wholeNumber,
} from './options.js';
import { podNamespace } from './pod-namespace.js';

type RunOptions = Omit<Settings, 'configuration' | 'namespace' | 'instance' | 'leaderElection'> & {
  readonly namespace?: string;
  readonly instance?: string;
  readonly leaderElection: boolean;
};

const hour = 3600;
const day = 24 * hour;

/** `quayside run`: the operator. */
export function runCommand(): Command {
  const command = new Command('run')
    .summary('run the operator: keep Git, Quay and the cluster in sync')
    .description(
      [
        'Keeps Git, Quay and the cluster in sync until it is stopped: it renders the cluster into the state repository, applies the documents there as QuayOrganization objects, applies those to Quay, and writes pull secrets into the namespaces.',
        '',
        'Of several processes one is the leader; the others wait for its Lease.',
      ].join('\n'),
    );
  processOptions(liveClusterOptions(command, 'the operator: its Lease, and the Secrets that documents refer to'));
  command
    .addOption(credentialsNamespaces())
    .addOption(
      new Option('-s, --state <folder>', 'folder for the embedded state repository, for integrations without git.url')
        .env('QUAYSIDE_STATE')
        .argParser(text),
    )
    .option('--hooks <[host:]port>', 'receive the webhooks of forges at this address, under /hooks/<integration>', text)
    .option('--no-leader-election', 'start without a Lease: for a single process')
    .option('--lease <name>', "name of the Lease, in the operator's namespace", text, 'quayside')
    // Each waits for the cluster as often as for Quay, to which no more than eight calls are on their way at once.
    .option('--workers <number>', 'organizations that are reconciled at a time', wholeNumber(1, 1000), 24)
    .addOption(
      new Option(
        '--calls-per-second <number>',
        'limit of calls to one Quay (default: none until Quay answers 429)',
      ).argParser(wholeNumber(1, 10_000)),
    )
    .addOption(
      new Option(
        '--deletion-window <duration>',
        'time without a new deletion before the limit is applied to all of them',
      )
        .argParser(seconds(day))
        .default(15, '15s'),
    )
    .addOption(
      new Option('--grace-period <duration>', 'time for running work to finish when the operator is stopped')
        .argParser(seconds(hour))
        .default(25, '25s'),
    )
    .addOption(
      new Option(
        '--certificates <flavour>',
        'who creates the certificate of the webhook: job, which this process renews, or others, which it checks',
      )
        .choices(['none', ...flavours])
        .default('none'),
    )
    .option('--certificate-secret <name>', 'Secret with the certificates', text, certificateDefaults.certificateSecret)
    .option('--once', 'run one reconciliation and exit: 0 when everything is synced, else 1', false)
    .action(run);
  return example(
    command,
    'quayside run --kubeconfig ~/.kube/config --namespace quayside --state ./state --listen 127.0.0.1:8080',
    'quayside run --once --state ./state --no-leader-election',
  );
}

async function run({ namespace, instance, ...options }: RunOptions): Promise<void> {
  const { runOperator } = await import('../operator/run.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const settings: Settings = {
    ...options,
    namespace: namespace ?? podNamespace(),
    instance: instance ?? hostname(),
    configuration: readConfiguration(),
  };
  process.exitCode = await runOperator(settings, metadata.version);
}

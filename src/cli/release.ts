import { Command } from 'commander';
import { type ReleasedThing, type ReleaseReport } from '../release/index.js';
import { example, liveClusterOptions, outputOption, text } from './options.js';
import { podNamespace } from './pod-namespace.js';
import { tellFailure } from './print-errors.js';

interface ReleaseOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly lease: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly output: 'text' | 'json';
}

/** `quayside release`: lets go what waits for an operator that is no longer there. */
export function releaseCommand(): Command {
  const command = new Command('release')
    .summary('let go what waits for an operator that is gone')
    .description(
      [
        "Takes Quayside's finalizer off all QuayOrganization objects and the predecessors' off all namespaces, so that none of",
        'them is kept from being deleted, and removes the webhook configuration that the operator made. Nothing is deleted in',
        'Quay, and pull secrets stay as they are. To be run once the operator has been removed, before its definitions are.',
        '',
        'Exit codes: 0 nothing is held any more, 1 error, 2 a dry run that found something to let go.',
      ].join('\n'),
    );
  liveClusterOptions(command, 'the operator');
  command
    .option('--lease <name>', 'Lease by which an operator that is at work is noticed', text, 'quayside')
    .option('--force', 'go on although an operator is at work', false)
    .option('--dry-run', 'only say what would be let go', false);
  outputOption(command).action(release);
  return example(command, 'kubectl delete deployment quayside -n quayside && quayside release --dry-run');
}

async function release({ namespace = podNamespace(), lease, output, ...options }: ReleaseOptions): Promise<void> {
  const { releaseFromKubeconfig } = await import('../release/index.js');
  const report = await releaseFromKubeconfig({ ...options, lease: { namespace, name: lease } });
  process.stdout.write(output === 'json' ? `${JSON.stringify(report, null, 2)}\n` : words(report));
  const failed = report.things.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  for (const failure of [...report.unread, ...failed]) tellFailure(failure);
  if (report.unread.length + failed.length > 0) process.exitCode = 1;
  else if (report.things.some(({ outcome }) => outcome === 'Pending')) process.exitCode = 2;
}

const verbs = { Done: '', Gone: 'already ', Pending: 'would be ', Failed: 'could not be ' } as const;

function words({ dryRun, operator, things, unread }: ReleaseReport): string {
  const lines = things.map(line);
  const counted = things.filter(({ outcome }) => outcome === (dryRun ? 'Pending' : 'Done')).length;
  if (operator !== undefined) lines.push(`${operator} holds the Lease: remove the operator before anything is let go.`);
  if (counted > 0)
    lines.push(`${dryRun ? 'Would let go' : 'Let go'}: ${counted}. Quay and the pull secrets stay as they are.`);
  else if (things.length + unread.length === 0) lines.push('Nothing is held.');
  return lines.map((one) => `${one}\n`).join('');
}

function line({ kind, name, finalizers, outcome }: ReleasedThing): string {
  return finalizers === undefined
    ? `${kind} ${name} ${verbs[outcome]}deleted`
    : `${kind} ${name}: ${finalizers.join(', ')} ${verbs[outcome]}removed`;
}

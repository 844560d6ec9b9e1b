import { Command } from 'commander';
import { type ReleasedObject, type ReleaseReport } from '../release/index.js';
import { example, liveClusterOptions, outputOption, text } from './options.js';
import { podNamespace } from './pod-namespace.js';
import { print } from './print.js';
import { printFailure } from './print-errors.js';

interface ReleaseOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly lease: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly output: 'text' | 'json';
}

/** `quayside release`: removes finalizers after the operator was uninstalled. */
export function releaseCommand(): Command {
  const command = new Command('release')
    .summary('remove finalizers after the operator was uninstalled')
    .description(
      [
        "Removes Quayside's finalizer from all QuayOrganizations and the predecessors' finalizers from all namespaces, so that they can be deleted, and removes the webhook configuration that the operator created. Nothing is deleted in Quay, and pull secrets stay. Run it after the operator was removed, before its CRDs are removed.",
        '',
        'Exit codes: 0 no finalizer is left, 1 error, 2 a dry run that found finalizers.',
      ].join('\n'),
    );
  liveClusterOptions(command, 'the operator');
  command
    .option('--lease <name>', 'Lease that shows a running operator', text, 'quayside')
    .option('--force', 'continue although an operator is running', false)
    .option('--dry-run', 'only print what would be removed', false);
  outputOption(command).action(release);
  return example(command, 'kubectl delete deployment quayside -n quayside && quayside release --dry-run');
}

async function release({ namespace = podNamespace(), lease, output, ...options }: ReleaseOptions): Promise<void> {
  const { releaseFromKubeconfig } = await import('../release/index.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const { environment } = readConfiguration();
  const report = await releaseFromKubeconfig({ ...options, environment, lease: { namespace, name: lease } });
  print(output === 'json' ? `${JSON.stringify(report, null, 2)}\n` : words(report));
  const failed = report.objects.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  for (const failure of [...report.unread, ...failed]) printFailure(failure);
  if (report.unread.length + failed.length > 0) process.exitCode = 1;
  else if (report.objects.some(({ outcome }) => outcome === 'Pending')) process.exitCode = 2;
}

const verbs = { Done: '', Gone: 'already ', Pending: 'would be ', Failed: 'could not be ' } as const;

function words({ dryRun, operator, objects, unread }: ReleaseReport): string {
  const lines = objects.map(line);
  const counted = objects.filter(({ outcome }) => outcome === (dryRun ? 'Pending' : 'Done')).length;
  if (operator !== undefined) lines.push(`${operator} holds the Lease: remove the operator first.`);
  if (counted > 0)
    lines.push(`${dryRun ? 'Would release' : 'Released'}: ${counted}. Quay and the pull secrets stay as they are.`);
  else if (objects.length + unread.length === 0) lines.push('Nothing is held.');
  return lines.map((one) => `${one}\n`).join('');
}

function line({ kind, name, finalizers, outcome }: ReleasedObject): string {
  return finalizers === undefined
    ? `${kind} ${name} ${verbs[outcome]}deleted`
    : `${kind} ${name}: ${finalizers.join(', ')} ${verbs[outcome]}removed`;
}

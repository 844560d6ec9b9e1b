import { Command } from 'commander';
import { example, liveClusterOptions, outputOption, text } from './options.js';
import { podNamespace } from './pod-namespace.js';
import { print } from './print.js';

interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
}

type Output = 'text' | 'json';

const show = (line: string): void => print(`${line}\n`);
const placeOf = ({ kubeconfig, context, namespace = podNamespace() }: ClusterOptions) => ({
  namespace,
  ...(kubeconfig !== undefined && { kubeconfig }),
  ...(context !== undefined && { context }),
});

/** `quayside ownership`: the keys that ownership is signed with. */
export function ownershipCommand(): Command {
  const command = new Command('ownership')
    .summary('make, show, export and rotate the keys that ownership is signed with')
    .description(
      [
        'Quayside signs whose an organization is: in the mark in Quay, in the status of its object, and in the record of apply.',
        'The operator makes its key by itself; apply takes that one, or the file of --ownership-key.',
      ].join(' '),
    )
    .addCommand(createCommand())
    .addCommand(showCommand())
    .addCommand(exportKeysCommand())
    .addCommand(rotateCommand());
  return example(
    command,
    'quayside ownership create --file ownership.key',
    'quayside ownership show --namespace quayside',
  );
}

function createCommand(): Command {
  const command = new Command('create')
    .summary('make a private key for apply')
    .description(
      'Makes a private key. Keep it like a password, and back it up: without it or its public key, no organization that it signed is changed before you accept its ownership again (apply --accept-ownership).',
    )
    .option('--file <file>', 'where to write it; a file that exists is refused (default: standard output)', text)
    .action(async ({ file }: { readonly file?: string }) => {
      const { createKeyFile, newPrivateKey } = await import('../app/ownership.js');
      if (file === undefined) print(newPrivateKey());
      else show(`Key ${await createKeyFile(file)} is in ${file}.`);
    });
  return example(command, 'quayside ownership create --file ownership.key');
}

function showCommand(): Command {
  const command = liveClusterOptions(new Command('show'), 'the operator')
    .summary('show which keys a cluster has')
    .description('Shows the ids of the keys in a cluster, never a key. Exit code 1 where there is none to sign with.')
    .action(async ({ output, ...options }: ClusterOptions & { readonly output: Output }) => {
      const { showKeys } = await import('../app/ownership.js');
      const shown = await showKeys(placeOf(options));
      if (output === 'json') show(JSON.stringify(shown, null, 2));
      else {
        show(`Signing:  ${shown.signing ?? `no private key in the namespace ${shown.namespace}`}`);
        show(`Checking: ${shown.checking.join(', ') || 'no public key'}`);
      }
      if (shown.signing === undefined) process.exitCode = 1;
    });
  return example(outputOption(command), 'quayside ownership show --namespace quayside');
}

function exportKeysCommand(): Command {
  const command = liveClusterOptions(new Command('export'), 'the operator')
    .summary('print the public keys, or write the private one into a file')
    .description(
      'Prints the public keys of a cluster, for plan --ownership-keys. The private key is only written into a file.',
    )
    .option('--private-to <file>', 'write the private key there, for a backup; a file that exists is refused', text)
    .action(async ({ privateTo, ...options }: ClusterOptions & { readonly privateTo?: string }) => {
      const { exportPrivateKey, exportPublicKeys } = await import('../app/ownership.js');
      if (privateTo === undefined) print(await exportPublicKeys(placeOf(options)));
      else show(`Key ${await exportPrivateKey(placeOf(options), privateTo)} is in ${privateTo}.`);
    });
  return example(
    command,
    'quayside ownership export > ownership.pub',
    'quayside ownership export --private-to ownership-backup.key',
  );
}

function rotateCommand(): Command {
  const command = liveClusterOptions(new Command('rotate'), 'the operator')
    .summary('put a new private key in place')
    .description(
      [
        'Puts a new private key in place of the one in the cluster. What that one signed stays valid; a mark is written anew only when it changes anyway.',
        'Exit code 2: a dry run, which found a key to replace.',
      ].join('\n'),
    )
    .option(
      '--lost',
      'make a key although the Secret is gone; organizations that can no longer be verified wait for an agreement (--accept-ownership, or the annotation quayside.dev/accept-ownership)',
      false,
    )
    .option('--dry-run', 'only check whether it could be done', false)
    .action(
      async ({
        lost,
        dryRun,
        output,
        ...options
      }: ClusterOptions & { readonly lost: boolean; readonly dryRun: boolean; readonly output: Output }) => {
        const { rotate, showKeys } = await import('../app/ownership.js');
        await rotate(placeOf(options), { lost, dryRun });
        const shown = await showKeys(placeOf(options));
        if (output === 'json') show(JSON.stringify({ dryRun, ...shown }, null, 2));
        else if (dryRun) show(`Key ${shown.signing ?? '(lost)'} would be replaced.`);
        else show(`Key ${shown.signing ?? ''} signs from now on.`);
        if (dryRun) process.exitCode = 2;
      },
    );
  return example(outputOption(command), 'quayside ownership rotate --dry-run');
}

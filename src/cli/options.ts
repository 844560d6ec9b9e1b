import { type Command, InvalidArgumentError, Option } from 'commander';

/** A whole number that is not negative. */
export function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number, 0 or more.');
  return Number(text);
}

/** A text that is not empty: an empty one is usually a variable that is not set. */
export function text(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** A TCP port; 0 lets the system choose. */
export function port(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('It has to be a port, 0 to 65535.');
  return value;
}

/** Where the cluster is read from. */
export function clusterOptions(command: Command): Command {
  return command
    .option(
      '-c, --cluster <path...>',
      'read the cluster from dump files or folders (oc get ns,sa,is -A -o yaml); - for stdin',
    )
    .option('--cluster-uid <uid>', 'identity of the cluster, for a dump without the namespace kube-system', text)
    .option('--kubeconfig <file>', 'read a live cluster with this kubeconfig (default: as kubectl)', text)
    .option('--context <name>', 'context of the kubeconfig', text)
    .option(
      '-n, --namespace <name>',
      "the operator's namespace, for the Secrets that documents refer to",
      text,
      'quayside',
    );
}

/** Which integration, and the state repository. */
export function integrationOptions(command: Command): Command {
  return command
    .option(
      '-i, --integration <name|file>',
      'a QuayIntegration of the cluster by name, or a file (default: the only one there is)',
      text,
    )
    .option(
      '-s, --state <folder|url>',
      "the state repository (default: the integration's git.url, else .quayside/state.git)",
      text,
    );
}

/** How to reach Quay; the token never stands on a command line. */
export function quayOptions(command: Command): Command {
  return command
    .option(
      '--token-file <file>',
      "file with the token for Quay's API (default: QUAYSIDE_QUAY_TOKEN, else the Secret)",
      text,
    )
    .option('--ca-file <file>', "file with the certificate authority of Quay's TLS", text);
}

/** Words or JSON. */
export function outputOption(command: Command, choices: readonly string[] = ['text', 'json']): Command {
  return command.addOption(
    new Option('-o, --output <format>', 'how to print').choices([...choices]).default(choices[0]),
  );
}

/** Adds an example under the help text. */
export function example(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', ['', 'Example:', ...lines.map((line) => `  ${line}`)].join('\n'));
}

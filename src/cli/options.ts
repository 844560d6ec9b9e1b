import { type Command, InvalidArgumentError, Option } from 'commander';
import { duration, durationSeconds } from '../api/index.js';

/** A whole number between two bounds, themselves included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9]+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number, ${least} to ${most}.`);
  };
}

/** Seconds of a duration of at most that many: a timer cannot wait for longer than 24 days. */
export function seconds(most: number): (text: string) => number {
  return (text) => {
    const value = duration.safeParse(text).success ? durationSeconds(text) : NaN;
    if (value <= most) return value;
    throw new InvalidArgumentError(`It must be a duration of at most ${most / 3600}h, such as 500ms, 30s or 1h30m.`);
  };
}

/** A text that is not empty: an empty one is usually a variable that is not set. */
export function text(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** Names of namespaces, separated by commas. */
export function namespaceNames(value: string): readonly string[] {
  const names = text(value)
    .split(',')
    .map((name) => name.trim());
  const wrong = names.find((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not the name of a namespace.`);
  return names;
}

/** From where Secrets are taken that do not say themselves where they may go. */
export const credentialsNamespaces = (): Option =>
  new Option(
    '--credentials-namespaces <names>',
    "namespaces, separated by commas, that Secrets with Quay tokens are taken from; one elsewhere needs the annotation quayside.dev/hosts (default: the operator's and openshift-operators)",
  )
    .env('QUAYSIDE_CREDENTIALS_NAMESPACES')
    .argParser(namespaceNames);

/** A TCP port; 0 lets the system choose. */
export function port(text: string): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : NaN;
  if (value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a port, 0 to 65535.');
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
    .option('-n, --namespace <name>', "the operator's namespace, for the Secrets that documents name", text, 'quayside')
    .addOption(credentialsNamespaces());
}

/** Which live cluster, and the namespace of a process in it; `of` says what is in that namespace. */
export function liveClusterOptions(command: Command, of: string): Command {
  return command
    .option('--kubeconfig <file>', 'kubeconfig (default: as kubectl; in a pod its service account)', text)
    .option('--context <name>', 'context of the kubeconfig', text)
    .addOption(
      new Option('-n, --namespace <name>', `namespace of ${of} (default: the pod's, else quayside)`)
        .env('QUAYSIDE_NAMESPACE')
        .argParser(text),
    );
}

/** What every process takes that goes on until it is stopped. */
export function processOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--instance <name>', 'name of this process (default: the host name)')
        .env('QUAYSIDE_INSTANCE')
        .argParser(text),
    )
    .addOption(
      new Option('--listen <[host:]port>', 'address of /metrics, /livez and /readyz')
        .env('QUAYSIDE_LISTEN')
        .argParser(text)
        .default(':8080'),
    )
    .addOption(
      new Option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent')
        .env('QUAYSIDE_LOG_LEVEL')
        .argParser(text)
        .default('info'),
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

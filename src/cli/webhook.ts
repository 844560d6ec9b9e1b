import { hostname } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import metadata from '../../package.json' with { type: 'json' };
import { admissionTimeoutSeconds, duration, durationSeconds } from '../api/index.js';
import { example, liveClusterOptions, processOptions, text } from './options.js';
import { podNamespace } from './pod-namespace.js';

interface WebhookOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly instance?: string;
  readonly listen: string;
  readonly port: string;
  readonly logLevel: string;
  readonly certificateSecret: string;
  readonly drain: number;
}

/** `quayside webhook`: points the output of Builds at Quay when they are created. */
export function webhookCommand(): Command {
  const command = new Command('webhook')
    .summary('run the admission webhook for builds')
    .description(
      [
        'Runs the webhook that the API server asks when a Build is created, and points its output at Quay. It needs no leader election: run two replicas. It reads integrations, organizations, namespaces and the Secret with its certificate, and writes nothing.',
        '',
        'It never denies a Build. A Build in a namespace that is still being provisioned names the pull secret of its robot, and its pod waits for that Secret. A Build that is left as it is gets a warning that says why.',
      ].join('\n'),
    );
  processOptions(liveClusterOptions(command, "the certificate's Secret"));
  command
    .addOption(
      new Option('--port <[host:]port>', 'address of the webhook: https, /admissionwebhook')
        .env('QUAYSIDE_WEBHOOK_PORT')
        .argParser(text)
        .default('8443'),
    )
    .option('--certificate-secret <name>', 'Secret with tls.crt and tls.key', text, 'quayside-webhook-certificate')
    .addOption(
      new Option('--drain <duration>', 'how long reviews are still answered during shutdown')
        .argParser(patience)
        .default(5, '5s'),
    )
    .action(webhook);
  return example(command, 'quayside webhook --kubeconfig ~/.kube/config --port 127.0.0.1:8443 --listen 127.0.0.1:8080');
}

async function webhook({ namespace, instance, ...options }: WebhookOptions): Promise<void> {
  const { runWebhook } = await import('../webhook/index.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const { environment } = readConfiguration();
  const settings = {
    ...options,
    environment,
    namespace: namespace ?? podNamespace(),
    instance: instance ?? hostname(),
  };
  await runWebhook(settings, metadata.version);
}

/** Seconds of a duration that is shorter than the time that the API server gives a review. */
function patience(value: string): number {
  const seconds = duration.safeParse(value).success ? durationSeconds(value) : NaN;
  if (seconds < admissionTimeoutSeconds) return seconds;
  throw new InvalidArgumentError(`It must be a duration below ${admissionTimeoutSeconds}s, such as 6s or 500ms.`);
}

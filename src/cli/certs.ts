import { Command, Option } from 'commander';
import { flavours } from '../certs/options.js';
import { type Certificate, type CertificateOptions, type CertificateOutcome, type Flavour } from '../certs/index.js';
import { example, liveClusterOptions, outputOption, seconds, text } from './options.js';
import { podNamespace } from './pod-namespace.js';
import { print, tell } from './print.js';

interface CertsOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly flavour: Flavour;
  readonly service: string;
  readonly authoritySecret: string;
  readonly certificateSecret: string;
  readonly webhookConfiguration: string;
  readonly wait: number;
  readonly revoke: readonly string[];
  readonly dryRun: boolean;
  readonly output: 'text' | 'json';
}

/** `quayside certs`: makes the webhook's certificate where it is missing, and lets the API server trust it. */
export function certsCommand(): Command {
  const command = new Command('certs')
    .summary('create the certificates of the webhook where they are missing')
    .description(
      [
        'Creates a CA and a certificate for the admission webhook where they are missing or invalid, and writes the CA bundle into the webhook configuration (caBundle). Valid certificates are never replaced: the operator renews them. With the flavours cert-manager and service-ca others create the certificate: then the command only checks it.',
        '',
        'A CA whose key is known to somebody else is revoked with --revoke and its SHA-256 fingerprint (-o json lists those that are trusted): what it signed is replaced at once, and until then the API server cannot call the webhook.',
        '',
        'Exit codes: 0 the API server can call the webhook, 1 it cannot, 2 a dry run that found something to write.',
      ].join('\n'),
    );
  liveClusterOptions(command, 'the Secrets and the Service');
  command
    .addOption(
      new Option('--flavour <flavour>', 'who creates the certificate of the webhook: this command, or others')
        .choices(flavours)
        .default('job'),
    )
    .option('--service <name>', 'Service of the webhook', text, 'quayside-webhook')
    .option('--authority-secret <name>', 'Secret of the CA', text, 'quayside-webhook-authority')
    .option('--certificate-secret <name>', 'Secret of the certificate', text, 'quayside-webhook-certificate')
    .option('--webhook-configuration <name>', 'MutatingWebhookConfiguration that calls the webhook', text, 'quayside')
    .addOption(
      new Option('--wait <duration>', 'how long to wait for what others create')
        .argParser(seconds(3600))
        .default(60, '60s'),
    )
    .option('--revoke <fingerprint...>', 'trust this CA no longer, and replace what it signed', [])
    .option('--dry-run', 'only print what would be written', false);
  outputOption(command).action(certs);
  return example(command, 'quayside certs --namespace quayside --dry-run');
}

async function certs({ kubeconfig, context, wait, revoke, dryRun, output, ...more }: CertsOptions): Promise<void> {
  const { certificatesIn, describeStep, runErrand } = await import('../certs/index.js');
  const { webhookConfiguration, namespace = podNamespace(), ...names } = more;
  const certificates: CertificateOptions = { ...names, namespace, configurations: [webhookConfiguration] };
  const show = (line: string): void => void (output === 'text' && print(`${line}\n`));
  const { readConfiguration } = await import('../process/configuration.js');
  const outcome = await runErrand({
    environment: readConfiguration().environment,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    certificates,
    dryRun,
    revoke,
    waitMilliseconds: wait * 1000,
    onStep: (step) => show(describeStep(step, certificates)),
    onWait: ({ message }) => void tell(`${message}\nWaiting up to ${wait} seconds for that.\n`),
  });
  for (const step of outcome.pending) show(describeStep(step, certificates, 'conditional'));
  if (output === 'json') print(`${JSON.stringify(shown(outcome, certificatesIn(outcome.state.bundle)), null, 2)}\n`);
  else if (outcome.pending.length === 0) show(outcome.state.message);
  if (outcome.pending.length > 0) process.exitCode = 2;
  else if (!outcome.state.ready) process.exitCode = 1;
}

function shown({ done, pending, state }: CertificateOutcome, trusted: readonly Certificate[]): object {
  const { leafNotAfter, caNotAfter, ready, reason, message } = state;
  return {
    ready,
    reason,
    message,
    ...(leafNotAfter !== undefined && { certificateExpires: new Date(leafNotAfter).toISOString() }),
    ...(caNotAfter !== undefined && { caExpires: new Date(caNotAfter).toISOString() }),
    trusted: trusted.map(({ id, subject, notAfter }) => ({
      fingerprint: id,
      subject,
      expires: new Date(notAfter).toISOString(),
    })),
    done,
    pending,
  };
}

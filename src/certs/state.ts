import { type Reason } from '../api/index.js';
import { everyone, signerOf } from './bundle.js';
import { anchorOf } from './certificate.js';
import { type Facts } from './facts.js';
import { outOfTime, partOf } from './lifetimes.js';
import { type Flavour } from './options.js';

/** How the certificates stand, for a condition and for metrics. */
export interface CertificateState {
  /** Whether the API server can call the webhook. */
  readonly ready: boolean;
  readonly reason: Reason;
  readonly message: string;
  /** Milliseconds since 1970; absent when there is none that can be read. */
  readonly leafNotAfter?: number;
  /** Of the CA that signed the leaf. */
  readonly caNotAfter?: number;
  /** Whom clients are to trust, as PEM: for a webhook configuration that is yet to be made. */
  readonly bundle: string;
}

type Readiness = Pick<CertificateState, 'ready' | 'reason' | 'message'>;

// Whoever renews has had every chance before this part of its life is over.
const late = 0.9;

const cures = {
  job: 'The operator renews it; see its log.',
  'cert-manager': 'Check the Certificate of cert-manager, and at the annotation cert-manager.io/inject-ca-from.',
  'service-ca':
    'Check the annotations service.beta.openshift.io/serving-cert-secret-name of the Service and service.beta.openshift.io/inject-cabundle of the webhook configuration.',
} as const satisfies Record<Flavour, string>;

/** The state of the certificates at this moment, whoever created them. */
export function stateOf(facts: Facts, now: number, flavour: Flavour, refusal?: string): CertificateState {
  const fault = leafFault(facts, now);
  const problem = refused(refusal, fault) ?? fault ?? untrusted(facts, now) ?? expiring(facts, now);
  const { leaf, stored } = facts;
  const certificate = leaf.state === 'Missing' ? undefined : leaf.certificate;
  const signer = signerOf(leaf, everyone(facts));
  const cure = problem === undefined || problem.reason === 'WebhookConfigurationMissing' ? '' : ` ${cures[flavour]}`;
  return {
    ...(problem === undefined ? valid(facts) : { ...problem, message: `${problem.message}.${cure}` }),
    ...(certificate && { leafNotAfter: certificate.notAfter }),
    ...(signer && { caNotAfter: signer.notAfter }),
    bundle: stored.text,
  };
}

function valid({ leaf }: Facts): Readiness {
  const until = leaf.state === 'Good' ? new Date(leaf.certificate.notAfter).toISOString() : '';
  return { ready: true, reason: 'CertificateValid', message: `The certificate is valid until ${until}.` };
}

/** It stands behind every other fault, and is the one to be mended. */
function refused(refusal: string | undefined, fault: Readiness | undefined): Readiness | undefined {
  return refusal === undefined
    ? undefined
    : { ready: fault === undefined, reason: 'CertificateAuthorityUnusable', message: capital(refusal) };
}

function leafFault({ leaf }: Facts, now: number): Readiness | undefined {
  if (leaf.state === 'Missing') {
    return { ready: false, reason: 'CertificateMissing', message: 'There is no certificate for the webhook' };
  }
  if (leaf.state === 'Broken') return { ready: false, reason: 'CertificateInvalid', message: capital(leaf.why) };
  const fault = outOfTime(leaf.certificate, now);
  return fault === undefined
    ? undefined
    : { ready: false, reason: 'CertificateExpired', message: `The certificate cannot be used: ${fault}` };
}

function untrusted({ leaf, configurations, absent }: Facts, now: number): Readiness | undefined {
  if (leaf.state !== 'Good') return undefined;
  const trusts = (name: string): boolean | undefined =>
    configurations
      .find((one) => one.name === name)
      ?.webhooks.every(({ certificates }) => {
        const usable = certificates.filter((one) => outOfTime(one, now) === undefined);
        return anchorOf(leaf.certificate, leaf.chain, usable) !== undefined;
      });
  const without = configurations.map(({ name }) => name).filter((name) => trusts(name) === false);
  if (without.length > 0) {
    const message = `The MutatingWebhookConfiguration ${without.join(', ')} does not trust the certificate (caBundle)`;
    return { ready: false, reason: 'CertificateNotTrusted', message };
  }
  if (configurations.length > 0 || absent.length === 0) return undefined;
  const message = `There is no MutatingWebhookConfiguration ${absent.join(', ')}, so the API server does not call the webhook`;
  return { ready: false, reason: 'WebhookConfigurationMissing', message };
}

function expiring({ leaf }: Facts, now: number): Readiness | undefined {
  if (leaf.state !== 'Good' || now < partOf(leaf.certificate, late)) return undefined;
  const until = new Date(leaf.certificate.notAfter).toISOString();
  return {
    ready: true,
    reason: 'CertificateExpiring',
    message: `The certificate expires on ${until}, and was not renewed`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

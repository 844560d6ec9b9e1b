import { type Fields } from '../json/index.js';

/** Who makes and renews the certificates: we, cert-manager, or OpenShift's service CA. */
export const flavours = ['job', 'cert-manager', 'service-ca'] as const;

export type Flavour = (typeof flavours)[number];

/** Where the certificates of a webhook are, and what they are for. */
export interface CertificateOptions {
  readonly namespace: string;
  /** The service that the API server calls. */
  readonly service: string;
  /** Of the CA: certificate and key. Only Job and operator may read it. */
  readonly authoritySecret: string;
  /** Of the leaf: certificate, key, and whom clients are to trust. */
  readonly certificateSecret: string;
  /** The MutatingWebhookConfigurations that call the service. */
  readonly configurations: readonly string[];
  readonly flavour: Flavour;
}

/** What they are called where nobody says otherwise. */
export const certificateDefaults = {
  service: 'quayside-webhook',
  authoritySecret: 'quayside-webhook-authority',
  certificateSecret: 'quayside-webhook-certificate',
  configuration: 'quayside',
} as const;

/** The names that the API server may call the service by. */
export function serverNames({ service, namespace }: Pick<CertificateOptions, 'service' | 'namespace'>): string[] {
  return [`${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`];
}

/** What writes say about who made them. */
export const fieldManager = 'quayside-certs';

/** A line of the log, as pino takes it. */
export interface CertificateLog {
  readonly info: (fields: Fields, message: string) => void;
  readonly warn: (fields: Fields, message: string) => void;
}

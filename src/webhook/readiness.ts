import { type CertificateSource } from './certificate.js';
import { type ClusterState } from './cluster-state.js';

/** What being ready leans on. */
export interface ReadinessFacts {
  readonly cluster: Pick<ClusterState, 'unknown'>;
  readonly certificates: Pick<CertificateSource, 'current' | 'fault'>;
  readonly listening: () => boolean;
  readonly ending: () => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Why no review should come here, in words; undefined when they may. */
export function unready({ cluster, certificates, listening, ending, now }: ReadinessFacts): string | undefined {
  if (ending()) return 'the process is ending';
  if (!listening()) return 'the webhook does not listen yet';
  const certificate = certificates.current();
  // A broken one that came after it does not matter as long as this one is good.
  if (certificate === undefined) return certificates.fault() ?? 'there is no certificate';
  if (certificate.notAfter.getTime() <= now()) return 'the certificate has expired';
  return cluster.unknown();
}

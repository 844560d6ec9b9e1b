import { type ConfigMapping } from '../config/value.js';
import { type FaultText } from '../faults.js';
import { type TlsProfile } from '../inputs.js';

const modern = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

const intermediate = [
  ...modern,
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DHE-RSA-AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
];

const old = [
  ...intermediate,
  'DHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'DHE-RSA-AES128-SHA256',
  'DHE-RSA-AES256-SHA256',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA256',
  'AES256-SHA256',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
];

/** SSL_PROTOCOLS and SSL_CIPHERS for a profile of the cluster: only protocols that Quay's validators take, TLS 1.2 and 1.3. */
export function tlsProfileConfig(profile: TlsProfile | null | undefined): {
  readonly config: ConfigMapping;
  readonly faults: readonly FaultText[];
} {
  // No APIServer object: the cluster has no such profile.
  if (profile === undefined) return { config: {}, faults: [] };
  const { protocols, ciphers, lowered } = settingsOf(profile);
  const config = { SSL_PROTOCOLS: protocols, SSL_CIPHERS: ciphers };
  if (lowered === undefined) return { config, faults: [] };
  const message = `the cluster's TLS profile allows ${lowered}, and Quay takes TLS 1.2 at least`;
  const hint = 'Nothing to do, unless a client needs the older protocol.';
  return { config, faults: [{ path: 'SSL_PROTOCOLS', source: 'config.yaml', message, hint, severity: 'warning' }] };
}

interface Settings {
  readonly protocols: readonly string[];
  readonly ciphers: readonly string[];
  /** The lowest protocol of the profile, where it is lower than what Quay takes. */
  readonly lowered?: string;
}

const both = ['TLSv1.2', 'TLSv1.3'];

function settingsOf(profile: TlsProfile | null): Settings {
  switch (profile?.type) {
    case 'Modern':
      return { protocols: ['TLSv1.3'], ciphers: modern };
    case 'Old':
      return { protocols: both, ciphers: old, lowered: 'TLS 1.0' };
    case 'Custom':
      return profile.custom === undefined || profile.custom === null ? standard : custom(profile.custom);
    default:
      return standard;
  }
}

const standard: Settings = { protocols: both, ciphers: intermediate };

function custom({ ciphers = [], minTLSVersion = '' }: NonNullable<TlsProfile['custom']>): Settings {
  const lowered = { VersionTLS10: 'TLS 1.0', VersionTLS11: 'TLS 1.1' }[minTLSVersion];
  const protocols = minTLSVersion === 'VersionTLS13' ? ['TLSv1.3'] : both;
  // Without any cipher nobody could connect.
  return {
    protocols,
    ciphers: ciphers.length === 0 ? intermediate : [...ciphers],
    ...(lowered !== undefined && { lowered }),
  };
}

import { type QuayRegistryOptionsSpec } from '../../api/index.js';
import { type Components } from '../components/resolve.js';
import { type Fault, faultsOf } from '../faults.js';
import { type Bundle, type ClusterFacts } from '../inputs.js';
import { type Termination } from '../model/access.js';
import { checkPair, type PairInput } from '../tls/index.js';
import { type Pair } from './context.js';

/** What is known of Quay's own certificate before it is decided who ends TLS. */
export interface CertificateSource {
  /** The Secret that has it. */
  readonly object: string;
  readonly paths: PairInput['paths'];
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

/** The bundle's ssl.cert and ssl.key, or the Secret that the component tls names. */
export function certificateSource(
  bundle: Bundle,
  secretRef: string | undefined,
  { tlsSecret }: ClusterFacts,
): CertificateSource {
  if (secretRef === undefined) {
    return {
      object: bundle.secret === undefined ? 'QuayRegistry' : `Secret/${bundle.secret}`,
      paths: { certificate: 'ssl.cert', key: 'ssl.key' },
      certificate: bundle.files['ssl.cert'] ?? bundle.binary?.['ssl.cert'],
      key: bundle.files['ssl.key'] ?? bundle.binary?.['ssl.key'],
    };
  }
  const found = tlsSecret?.known === true ? tlsSecret : undefined;
  return {
    object: `Secret/${secretRef}`,
    paths: { certificate: 'tls.crt', key: 'tls.key' },
    certificate: found?.certificate,
    key: found?.key,
  };
}

export function hasAny({ certificate, key }: CertificateSource): boolean {
  return certificate !== undefined || key !== undefined;
}

/** Both halves, where they are there. */
export function pairOf({ certificate, key }: CertificateSource): Pair | undefined {
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

/** Where TLS ends: what the options say, else in Quay where it has a certificate, else in front of it. */
export function terminationOf(
  options: Partial<QuayRegistryOptionsSpec>,
  components: Components,
  source: CertificateSource,
): Termination {
  if (options.access?.termination !== undefined) return options.access.termination;
  if (components.tls.managed) return 'edge';
  return options.access?.ingress !== undefined && !hasAny(source) ? 'edge' : 'passthrough';
}

interface TlsInputs {
  readonly registry: string;
  readonly bundle: Bundle;
  readonly secretRef: string | undefined;
  readonly facts: ClusterFacts;
  readonly components: Components;
  readonly termination: Termination;
  readonly source: CertificateSource;
  readonly hostnames: readonly string[];
}

/** Whether there is a certificate where one is needed, and only there, and whether it is any good. */
export function tlsFaults(inputs: TlsInputs): readonly Fault[] {
  const { registry, components, termination, source, facts } = inputs;
  const ofRegistry = faultsOf(`QuayRegistry/${registry}`);
  const path = 'spec.components';
  if (components.tls.managed) {
    if (hasAny(source)) return [faultsOf(source.object)(managedBeside(source))];
    if (termination === 'edge') return [];
    const message = `access.termination is ${termination}, for which Quay needs a certificate, and tls is managed`;
    return [ofRegistry({ path, message, hint: 'Set managed to false for tls, and give ssl.cert and ssl.key.' })];
  }
  const broken = inputs.secretRef === undefined ? [] : secretFaults(inputs, inputs.secretRef);
  if (broken.length > 0) return broken;
  if (!hasAny(source)) {
    if (termination === 'edge') return [];
    const message = 'tls is not managed, and there is no certificate';
    const hint =
      'Put ssl.cert and ssl.key into the bundle, name a Secret in secretRef of tls, or set access.termination to edge.';
    return [ofRegistry({ path, message, hint })];
  }
  const pair = checkPair({ ...source, hostnames: inputs.hostnames, now: dateOf(facts) } as PairInput);
  if (termination === 'edge' && inputs.secretRef === undefined) {
    const { certificate: path } = source.paths;
    const message = 'is used by nobody: access.termination is edge, so Quay gets requests without TLS';
    const hint = 'Take the pair out of the bundle, or set access.termination to passthrough or reencrypt.';
    return [faultsOf(source.object)({ path, message, hint, severity: 'warning' })];
  }
  return facts.now === undefined ? pair.filter(({ message }) => !aboutDates.test(message)) : pair;
}

// Without a clock no date can be judged.
const aboutDates = /^(?:is not valid before|expired on|expires in)/;
const dateOf = ({ now }: ClusterFacts): Date => new Date(now ?? 0);

function managedBeside({ certificate, key, paths }: CertificateSource) {
  const there = [...(certificate === undefined ? [] : [paths.certificate]), ...(key === undefined ? [] : [paths.key])];
  const message = `tls is managed, and the bundle has ${there.join(' and ')}`;
  return { path: there[0] ?? '', message, hint: 'Take them out, or set managed to false for tls.' };
}

function secretFaults({ bundle, facts, registry }: TlsInputs, secretRef: string): readonly Fault[] {
  const secret = faultsOf(`Secret/${secretRef}`);
  const { tlsSecret } = facts;
  const both = ['ssl.cert', 'ssl.key'].filter((key) => Object.hasOwn(bundle.files, key));
  const beside = both.map((path) =>
    faultsOf(bundle.secret === undefined ? `QuayRegistry/${registry}` : `Secret/${bundle.secret}`)({
      path,
      message: 'is there beside the Secret that tls names',
      hint: 'Take it out of the bundle, or secretRef out of tls.',
    }),
  );
  if (tlsSecret === undefined || !tlsSecret.known) {
    if (tlsSecret?.missing !== false) {
      const hint = 'Create it as kubernetes.io/tls with tls.crt and tls.key, in the namespace of the registry.';
      return [...beside, secret({ path: '', message: 'does not exist', hint })];
    }
    const hint = 'Allow reading it, and try again.';
    return [
      ...beside,
      secret({ path: '', message: `could not be read: ${tlsSecret.reason}`, hint, reason: 'Unknown' }),
    ];
  }
  const wrongType = tlsSecret.type !== undefined && tlsSecret.type !== 'kubernetes.io/tls';
  const message = `is of type ${tlsSecret.type ?? ''}, not kubernetes.io/tls`;
  const empty = (
    [
      ['tls.crt', tlsSecret.certificate],
      ['tls.key', tlsSecret.key],
    ] as const
  )
    .filter(([, value]) => value === undefined || value === '')
    .map(([path]) =>
      secret({ path, message: 'is missing or empty', hint: 'Give the certificate and its key as PEM.' }),
    );
  const type = wrongType ? [secret({ path: 'type', message, hint: 'Make it again with that type.' })] : [];
  return [...beside, ...type, ...empty];
}

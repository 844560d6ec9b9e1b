import { type CertificateOptions } from '../../src/certs/options.js';
import { serverNames } from '../../src/certs/options.js';
import { type Edits } from '../control-plane/edits.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { createNamespace } from '../control-plane/namespace.js';

/** What a Secret holds, as texts. */
export type Texts = Readonly<Record<string, string>>;

interface Configuration {
  readonly webhooks: readonly { readonly clientConfig: { readonly caBundle?: string } }[];
}

/** A namespace and a webhook configuration of a test's own. */
export interface ClusterFixture {
  readonly options: CertificateOptions;
  readonly edits: Edits;
  /** The name that the API server calls the service by. */
  readonly name: string;
  readonly secret: (name: string) => Promise<Texts | undefined>;
  readonly leaf: () => Promise<{ cert: string; key: string }>;
  /** Of each webhook of a configuration, as PEM. */
  readonly bundles: (configuration?: string) => Promise<readonly string[]>;
  readonly configure: (name: string, webhooks?: number) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Makes them, with a configuration of two webhooks unless told otherwise. */
export async function clusterFixture(plane: SharedControlPlane, { configured = true } = {}): Promise<ClusterFixture> {
  const namespace = await createNamespace(plane, 'certs');
  const options: CertificateOptions = {
    namespace,
    service: 'quayside-webhook',
    authoritySecret: 'authority',
    certificateSecret: 'certificate',
    configurations: [namespace],
    flavour: 'job',
  };
  const [name = ''] = serverNames(options);
  const { edits } = plane;
  const secret: ClusterFixture['secret'] = async (of) => {
    const found = await edits.get<{ data?: Record<string, string> }>('secret', of, '-n', namespace);
    return found && Object.fromEntries(Object.entries(found.data ?? {}).map(([key, value]) => [key, decoded(value)]));
  };
  const configurations: string[] = [];
  const configure: ClusterFixture['configure'] = async (called, webhooks = 2) => {
    configurations.push(called);
    await edits.create(configuration(called, namespace, webhooks));
  };
  if (configured) await configure(namespace);
  return {
    options,
    edits,
    name,
    secret,
    configure,
    leaf: async () => {
      const { 'tls.crt': cert = '', 'tls.key': key = '' } = (await secret('certificate')) ?? {};
      return { cert, key };
    },
    bundles: async (called = namespace) => {
      const found = await edits.get<Configuration>('mutatingwebhookconfiguration', called);
      if (found === undefined) throw new Error(`there is no webhook configuration ${called}`);
      return found.webhooks.map(({ clientConfig }) => decoded(clientConfig.caBundle ?? ''));
    },
    remove: async () => {
      for (const called of configurations) await edits.delete('mutatingwebhookconfiguration', called);
      await edits.delete('namespace', namespace);
    },
  };
}

const decoded = (value: string): string => Buffer.from(value, 'base64').toString('utf8');

/** One that no request ever matches. */
function configuration(name: string, namespace: string, webhooks: number): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks: Array.from({ length: webhooks }, (_, at) => ({
      name: `n${at}.certs.example.test`,
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Ignore',
      clientConfig: { service: { namespace, name: 'quayside-webhook', path: '/admissionwebhook' } },
      rules: [
        { apiGroups: ['nothing.example.test'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothing'] },
      ],
    })),
  };
}

import { join } from 'node:path';
import { type OptionsInput } from '../../charts/options/props.js';
import { start } from '../cli/quayside.js';
import { Cluster, home } from '../operator/cluster.js';
import { objectsIn, synthesized, type WorkloadSpec, type Written } from './synthesized.js';

export const configurations = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/** A cluster with our manifests, in which nothing runs by itself: tests start the programs as the workloads have them. */
export interface Installed {
  readonly cluster: Cluster;
  readonly objects: readonly Written[];
  /** Installs the manifests once more, with other options. */
  readonly apply: (options: OptionsInput) => Promise<void>;
  /** A kubeconfig of one of the service accounts. */
  readonly as: (account: string) => Promise<string>;
  /** What a workload gives its program, behind the command. */
  readonly argsOf: (kind: string, name: RegExp) => readonly string[];
  /** Runs the certificate Job's program as its service account. */
  readonly makeCertificates: () => Promise<void>;
  /** Whom the API server trusts to be the webhook, in base64. */
  readonly caBundle: () => Promise<string>;
}

/** Installs the manifests with these options into a cluster of its own. */
export async function install(options: OptionsInput): Promise<Installed> {
  const cluster = await Cluster.open({ builds: true });
  const apply = async (more: OptionsInput): Promise<readonly Written[]> => {
    const { folder, remove } = synthesized({ ...options, ...more });
    const core = join(folder, 'quayside.yaml');
    const by = ['--server-side', '--force-conflicts', '--field-manager=installer'];
    await cluster.plane.kubectl(['apply', ...by, '-f', core]);
    const written = objectsIn(core);
    remove();
    return written;
  };
  const objects = await apply({});
  const as = (name: string): Promise<string> => cluster.as(home, name);
  const argsOf: Installed['argsOf'] = (kind, name) => {
    const found = objects.find((one) => one.kind === kind && name.test(one.metadata.name));
    const [, ...args] = (found?.spec as WorkloadSpec | undefined)?.template.spec.containers[0]?.args ?? [];
    return args;
  };
  return {
    cluster,
    objects,
    apply: async (more) => void (await apply(more)),
    as,
    argsOf,
    makeCertificates: async () => {
      const connection = ['--kubeconfig', await as('quayside-certificates'), '--namespace', home];
      const args = ['certs', ...connection, ...argsOf('Job', /^quayside-certificates-/)];
      const { code, stdout, stderr } = await start(args, { cwd: cluster.folder }).finished;
      if (code !== 0) throw new Error(stdout + stderr);
    },
    caBundle: async () => {
      const { webhooks = [] } = await cluster.get<Written>(`${configurations}/quayside`);
      const [{ clientConfig } = { clientConfig: {} }] = webhooks;
      return 'caBundle' in clientConfig ? String(clientConfig.caBundle) : '';
    },
  };
}

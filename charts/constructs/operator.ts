import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { componentLabels } from '../parts/labels.js';
import { names, ports } from '../parts/names.js';
import { podTemplate, type PodProps } from '../parts/pod.js';
import { type Proxy, proxyVariables } from '../parts/proxy.js';
import { type WorkloadProps } from '../parts/workload-props.js';

/** An operator and what it works with. */
export interface OperatorProps extends WorkloadProps, Proxy {
  /**
   * How many there are; one leads, the others wait. Must be 1 with a state volume.
   * @default - 1 with a state volume, else 2
   */
  readonly replicas?: number | undefined;
  /**
   * Claim of the volume with the embedded state repository.
   * @default - none: every integration needs a remote state repository
   */
  readonly stateVolume?: string | undefined;
  /**
   * Who makes the webhook's certificate, which the operator then renews or watches over.
   * @default 'none'
   */
  readonly certificates?: 'none' | 'job' | 'cert-manager' | 'service-ca' | undefined;
  /**
   * Whether it receives the webhooks of forges.
   * @default false
   */
  readonly hooks?: boolean | undefined;
  /**
   * Namespaces that Secrets with Quay tokens are taken from.
   * @default - the operator's and openshift-operators
   */
  readonly credentialsNamespaces?: readonly string[] | undefined;
}

/** On a large node Node would let garbage lie that the limit of the container does not leave room for; `gc` clears up after a resync. */
const heap = { mebibytes: 256, flags: ['--expose-gc'] };

const stateFolder = '/var/lib/quayside';
const cacheFolder = '/var/cache/quayside';

/** The Deployment that keeps Git, Quay and the cluster in sync. */
export class Operator extends Construct {
  constructor(scope: Construct, id: string, props: OperatorProps) {
    super(scope, id);
    const {
      stateVolume,
      credentialsNamespaces,
      replicas = stateVolume === undefined ? 2 : 1,
      certificates = 'none',
    } = props;
    if (stateVolume !== undefined && replicas > 1) {
      throw new Error(`replicas ${replicas} cannot share the volume "${stateVolume}": use 1, or leave stateVolume out`);
    }
    const receiving = receivingHooks(props);
    new k8s.KubeDeployment(this, 'Resource', {
      metadata: { name: names.operator, namespace: props.namespace, labels: componentLabels('operator') },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        // A volume that only one node can mount has to be released before the next pod can mount it.
        strategy: stateVolume === undefined ? { type: 'RollingUpdate' } : { type: 'Recreate' },
        selector: { matchLabels: componentLabels('operator') },
        template: podTemplate({
          ...props,
          component: 'operator',
          serviceAccount: names.operator,
          heap,
          args: [
            'run',
            `--certificates=${certificates}`,
            ...(credentialsNamespaces === undefined
              ? []
              : [`--credentials-namespaces=${credentialsNamespaces.join(',')}`]),
            ...receiving.args,
          ],
          env: [
            { name: 'QUAYSIDE_CACHE', value: cacheFolder },
            ...(stateVolume === undefined ? [] : [{ name: 'QUAYSIDE_STATE', value: stateFolder }]),
            ...proxyVariables(props),
          ],
          ports: { metrics: ports.metrics, ...receiving.ports },
          probed: true,
          folders: {
            [cacheFolder]: { emptyDir: {} },
            ...(stateVolume !== undefined && { [stateFolder]: { persistentVolumeClaim: { claimName: stateVolume } } }),
          },
        }),
      },
    });
  }
}

function receivingHooks({ hooks = false }: OperatorProps): Pick<PodProps, 'args' | 'ports'> {
  return hooks ? { args: [`--hooks=:${ports.hooks}`], ports: { hooks: ports.hooks } } : { args: [] };
}

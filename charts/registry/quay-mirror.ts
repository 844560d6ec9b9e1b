import { Construct } from 'constructs';
import { type MirrorModel } from '../../src/registry/index.js';
import { quayVolumes } from './parts/pod.js';
import { type RegistryProps } from './parts/registry-props.js';
import { addDeployment } from './parts/workload.js';

/** The workers that copy repositories from other registries. */
export interface QuayMirrorProps extends RegistryProps, MirrorModel {}

/** The mirror workers; they begin when Quay answers. */
export class QuayMirror extends Construct {
  constructor(scope: Construct, id: string, props: QuayMirrorProps) {
    super(scope, id);
    const { image } = props;
    addDeployment(
      this,
      props,
      {
        name: 'quay-mirror',
        command: ['/quay-registry/quay-entrypoint.sh'],
        args: ['repomirror-nomigrate'],
        initContainers: [
          {
            name: 'quay-mirror-init',
            image,
            command: ['sh', '-c', untilAnswered(`http://${props.waitFor}/`)],
            securityContext: unprivileged,
          },
        ],
        ...quayVolumes(props, { trustsItself: true }),
      },
      { wave: 'application', strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } },
    );
  }
}

/** What is overridden is overridden in the container that copies. */
const unprivileged = {
  allowPrivilegeEscalation: false,
  capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  runAsNonRoot: true,
};

/** A redirect to HTTPS is an answer as well. */
function untilAnswered(url: string): string {
  return `until curl --silent --show-error --fail --output /dev/null --max-time 10 ${url}; do sleep 5; done`;
}

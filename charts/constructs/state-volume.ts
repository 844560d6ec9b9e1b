import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { componentLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';
import { kept } from '../parts/order.js';

/** The volume's size and kind. */
export interface StateVolumeProps {
  /** Namespace of the operator. */
  readonly namespace: string;
  /**
   * Its size.
   * @default '1Gi'
   */
  readonly size?: string | undefined;
  /**
   * Its storage class.
   * @default - the cluster's default
   */
  readonly storageClass?: string | undefined;
}

/** The volume of the embedded state repository. People's overlays are in it too, so no tool removes it. */
export class StateVolume extends Construct {
  /** What the operator mounts. */
  readonly claim: string = names.stateVolume;

  constructor(scope: Construct, id: string, { namespace, size = '1Gi', storageClass }: StateVolumeProps) {
    super(scope, id);
    new k8s.KubePersistentVolumeClaim(this, 'Resource', {
      metadata: { name: this.claim, namespace, labels: componentLabels('operator'), annotations: kept },
      spec: {
        accessModes: ['ReadWriteOnce'],
        ...(storageClass !== undefined && { storageClassName: storageClass }),
        resources: { requests: { storage: k8s.Quantity.fromString(size) } },
      },
    });
  }
}

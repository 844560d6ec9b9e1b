import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { installationLabels } from '../parts/labels.js';
import { kept, wave } from '../parts/order.js';

/** The namespace of the installation. */
export interface NamespaceProps {
  /** Its name. */
  readonly name: string;
}

/** The namespace, held to the restricted profile. People's Secrets are in it, so no tool removes it. */
export class Namespace extends Construct {
  constructor(scope: Construct, id: string, { name }: NamespaceProps) {
    super(scope, id);
    const level = (mode: string): string => `pod-security.kubernetes.io/${mode}`;
    new k8s.KubeNamespace(this, 'Resource', {
      metadata: {
        name,
        labels: {
          ...installationLabels,
          [level('enforce')]: 'restricted',
          [level('audit')]: 'restricted',
          [level('warn')]: 'restricted',
        },
        annotations: { ...kept, ...wave('namespace') },
      },
    });
  }
}

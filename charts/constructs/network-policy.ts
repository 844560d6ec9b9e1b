import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Component, componentLabels } from '../parts/labels.js';

/** Which pods, and where they may be reached. */
export interface NetworkPolicyProps {
  /** Name of the policy. */
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Which pods. */
  readonly component: Component;
  /**
   * Ports that may be reached. From anywhere: neither the API server nor the kubelet is a pod that could be named.
   * @default - none
   */
  readonly ports?: readonly number[] | undefined;
}

/** Closes every port of a component but the ones in use. What it calls itself is not limited. */
export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, component, ports = [] }: NetworkPolicyProps) {
    super(scope, id);
    const labels = componentLabels(component);
    const open = ports.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));
    new k8s.KubeNetworkPolicy(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ...(open.length > 0 && { ingress: [{ ports: open }] }),
      },
    });
  }
}

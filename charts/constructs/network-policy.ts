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
  /**
   * Ports that only these addresses may reach.
   * @default - none
   */
  readonly restricted?: { readonly ports: readonly number[]; readonly cidrs: readonly string[] } | undefined;
}

/** Closes every port of a component but the ones in use. What it calls itself is not limited. */
export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    const { name, namespace, component, ports = [], restricted } = props;
    const labels = componentLabels(component);
    const ingress = [
      ...(ports.length > 0 ? [{ ports: ports.map(tcp) }] : []),
      ...(restricted === undefined
        ? []
        : [{ ports: restricted.ports.map(tcp), from: restricted.cidrs.map((cidr) => ({ ipBlock: { cidr } })) }]),
    ];
    new k8s.KubeNetworkPolicy(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ...(ingress.length > 0 && { ingress }),
      },
    });
  }
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) };
}

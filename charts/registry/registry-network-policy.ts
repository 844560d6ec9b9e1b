import { Construct } from 'constructs';
import { type NetworkPolicyModel } from '../../src/registry/index.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';

/** Who may call some pods of a registry. */
export interface RegistryNetworkPolicyProps extends RegistryProps, NetworkPolicyModel {}

/** A NetworkPolicy for what comes in. */
export class RegistryNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: RegistryNetworkPolicyProps) {
    super(scope, id);
    const { name, podSelector, ports, from } = props;
    const peers = from === 'anyone' ? {} : { from: from.map((matchLabels) => ({ podSelector: { matchLabels } })) };
    addObject(this, 'network-policy', props, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name,
      body: {
        spec: {
          podSelector: { matchLabels: podSelector },
          policyTypes: ['Ingress'],
          ingress: [{ ...peers, ports: ports.map((port) => ({ protocol: 'TCP', port })) }],
        },
      },
    });
  }
}

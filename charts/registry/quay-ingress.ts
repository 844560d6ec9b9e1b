import { Construct } from 'constructs';
import { type IngressModel } from '../../src/registry/index.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';

/** An Ingress to Quay, where there are no Routes. */
export interface QuayIngressProps extends RegistryProps, IngressModel {}

/** The Ingress for clients. */
export class QuayIngress extends Construct {
  constructor(scope: Construct, id: string, props: QuayIngressProps) {
    super(scope, id);
    const { name, host, className, service, servicePort, tlsSecret, labels, annotations } = props;
    addObject(this, 'ingress', props, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      name,
      component: 'route',
      labels,
      annotations,
      body: {
        spec: {
          ...(className !== undefined && { ingressClassName: className }),
          tls: [{ hosts: [host], ...(tlsSecret !== undefined && { secretName: tlsSecret }) }],
          rules: [
            {
              host,
              http: {
                paths: [
                  {
                    path: '/',
                    pathType: 'Prefix',
                    backend: { service: { name: service, port: { name: servicePort } } },
                  },
                ],
              },
            },
          ],
        },
      },
    });
  }
}

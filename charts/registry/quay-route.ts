import { Construct } from 'constructs';
import { type RouteModel } from '../../src/registry/index.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';

/** A Route of OpenShift to Quay. */
export interface QuayRouteProps extends RegistryProps, RouteModel {}

/** The Route for clients, or the one for builders. */
export class QuayRoute extends Construct {
  constructor(scope: Construct, id: string, props: QuayRouteProps) {
    super(scope, id);
    const { name, host, service, targetPort, termination, destinationCaCertificate, labels, annotations } = props;
    addObject(this, 'route', props, {
      apiVersion: 'route.openshift.io/v1',
      kind: 'Route',
      name,
      component: 'route',
      labels,
      annotations,
      body: {
        spec: {
          ...(host !== undefined && { host }),
          to: { kind: 'Service', name: service },
          port: { targetPort },
          tls: {
            termination,
            insecureEdgeTerminationPolicy: 'Redirect',
            ...(destinationCaCertificate !== undefined && { destinationCACertificate: destinationCaCertificate }),
          },
        },
      },
    });
  }
}

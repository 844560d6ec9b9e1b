import { Construct } from 'constructs';
import { type AppServiceModel, type QuayModel } from '../../src/registry/index.js';
import { quayVolumes } from './parts/pod.js';
import { type RegistryProps } from './parts/registry-props.js';
import { addService } from './parts/service.js';
import { addDeployment, addServiceAccount } from './parts/workload.js';

/** The registry itself. */
export interface QuayApplicationProps extends RegistryProps, QuayModel {
  /** The Service that clients, mirror workers and Clair call. */
  readonly service: AppServiceModel;
}

/** Quay: its ServiceAccount, which mirror workers and migration share, its Service and its Deployment. */
export class QuayApplication extends Construct {
  constructor(scope: Construct, id: string, props: QuayApplicationProps) {
    super(scope, id);
    addServiceAccount(this, props, props.component, props.serviceAccount);
    addService(this, 'service', props, {
      ...props.service,
      component: props.component,
      ports: [
        { name: 'https', port: 443, targetPort: 8443 },
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'jwtproxy', port: 8081 },
        { name: 'grpc', port: 55_443 },
      ],
    });
    addDeployment(
      this,
      props,
      {
        name: 'quay-app',
        args: ['registry-nomigrate'],
        ports: [8443, 8080, 8081, 9091, 55_443].map((containerPort) => ({ containerPort, protocol: 'TCP' })),
        probes: probes(props.probeScheme),
        ...quayVolumes(props),
      },
      { wave: 'application' },
    );
  }
}

function probes(scheme: 'HTTP' | 'HTTPS'): Readonly<Record<string, object>> {
  const probe = (timeoutSeconds: number): object => ({
    httpGet: { path: '/health/instance', port: scheme === 'HTTPS' ? 8443 : 8080, scheme },
    timeoutSeconds,
    periodSeconds: 15,
    failureThreshold: 10,
  });
  return { startupProbe: probe(20), readinessProbe: probe(10), livenessProbe: probe(10) };
}

import { Construct } from 'constructs';
import { type RedisModel } from '../../src/registry/index.js';
import { type RegistryProps } from './parts/registry-props.js';
import { addService } from './parts/service.js';
import { addDeployment, addServiceAccount } from './parts/workload.js';

/** The cache of build logs and events. */
export interface RedisProps extends RegistryProps, RedisModel {}

/** Redis: its ServiceAccount, its Service and its Deployment. It keeps nothing: what it holds may be lost. */
export class Redis extends Construct {
  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { component, serviceAccount, service, selector } = props;
    addServiceAccount(this, props, component, serviceAccount);
    addService(this, 'service', props, {
      name: service,
      component,
      labels: selector,
      selector,
      ports: [{ port: 6379 }],
    });
    const probe = { tcpSocket: { port: 6379 }, periodSeconds: 10, timeoutSeconds: 5 };
    addDeployment(
      this,
      props,
      {
        name: 'redis-master',
        ports: [{ containerPort: 6379, protocol: 'TCP' }],
        probes: { readinessProbe: probe, livenessProbe: { ...probe, initialDelaySeconds: 30, failureThreshold: 6 } },
        volumes: [],
        volumeMounts: [],
      },
      { wave: 'data' },
    );
  }
}

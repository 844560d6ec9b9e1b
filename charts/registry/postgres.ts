import { Construct } from 'constructs';
import { type DatabaseModel } from '../../src/registry/index.js';
import { kept } from '../parts/order.js';
import { type Mounted } from './parts/pod.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';
import { addService } from './parts/service.js';
import { registryWave } from './parts/waves.js';
import { addDeployment, addServiceAccount } from './parts/workload.js';

/** A PostgreSQL database with its volume. */
export interface PostgresProps extends RegistryProps, DatabaseModel {}

/** Quay's database, or Clair's: its ServiceAccount, its claim, its Service and its Deployment. */
export class Postgres extends Construct {
  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { serviceAccount, service, selector } = props;
    const component = props.annotations['quay-component'] ?? props.component;
    addServiceAccount(this, props, component, serviceAccount);
    claim(this, props, component);
    addService(this, 'service', props, {
      name: service,
      component,
      labels: selector,
      selector,
      ports: [{ name: 'postgres', port: 5432 }],
    });
    addDeployment(
      this,
      props,
      {
        name: component,
        ports: [{ containerPort: 5432, protocol: 'TCP' }],
        probes: {
          readinessProbe: {
            exec: { command: ['/usr/libexec/check-container'] },
            initialDelaySeconds: 5,
            periodSeconds: 10,
            timeoutSeconds: 5,
          },
        },
        ...mounted(props),
      },
      // Two servers on one volume would ruin it.
      { wave: 'data', strategy: { type: 'Recreate' } },
    );
  }
}

/** Unless the options say otherwise, nothing that deletes the registry, or a file, may take it along. */
function claim(scope: Construct, props: PostgresProps, component: string): void {
  const { name, size, storageClassName, keep } = props.claim;
  addObject(scope, 'claim', props, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    name,
    component,
    labels: props.selector,
    annotations: { ...registryWave('data'), ...(keep && kept) },
    owned: false,
    body: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        ...(storageClassName !== undefined && { storageClassName }),
        resources: { requests: { storage: size } },
      },
    },
  });
}

function mounted({
  settingsConfigMap,
  bootstrapSecret,
  claim: { name: claimName },
  registryName,
}: PostgresProps): Mounted {
  const settings = settingsConfigMap.slice(registryName.length + 1);
  const script = 'create-extensions.sh';
  const start = '/usr/share/container-scripts/postgresql/start';
  const bootstrap =
    bootstrapSecret === undefined
      ? { volumes: [], volumeMounts: [] }
      : {
          volumes: [{ name: 'postgres-bootstrap', secret: { secretName: bootstrapSecret } }],
          volumeMounts: [
            { name: 'postgres-bootstrap', mountPath: `${start}/${script}`, subPath: script, readOnly: true },
          ],
        };
  return {
    volumes: [
      { name: settings, configMap: { name: settingsConfigMap } },
      ...bootstrap.volumes,
      { name: 'postgres-data', persistentVolumeClaim: { claimName } },
    ],
    volumeMounts: [
      { name: settings, mountPath: '/usr/share/pgsql/postgresql.conf.sample', subPath: 'postgresql.conf.sample' },
      { name: 'postgres-data', mountPath: '/var/lib/pgsql/data' },
      ...bootstrap.volumeMounts,
    ],
  };
}

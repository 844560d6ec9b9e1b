import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { type RegistryModel } from '../../src/registry/index.js';
import { Autoscaler } from './autoscaler.js';
import { Clair } from './clair.js';
import { ObjectBucket } from './object-bucket.js';
import { propsOf } from './parts/props-of.js';
import { type RegistryProps } from './parts/registry-props.js';
import { Postgres } from './postgres.js';
import { QuayApplication } from './quay-application.js';
import { QuayIngress } from './quay-ingress.js';
import { QuayMigration } from './quay-migration.js';
import { QuayMirror } from './quay-mirror.js';
import { QuayRoute } from './quay-route.js';
import { Redis } from './redis.js';
import { RegistryConfigMap } from './registry-config-map.js';
import { RegistryMonitoring } from './registry-monitoring.js';
import { RegistryNetworkPolicy } from './registry-network-policy.js';

/** Which registry. */
export interface QuayRegistryChartProps {
  /** The registry, as `modelRegistry` makes it. */
  readonly model: RegistryModel;
}

/** Every object of a registry but its Secrets, which are named here and stand in `QuayRegistrySecretsChart`. */
export class QuayRegistryChart extends Chart {
  constructor(scope: Construct, id: string, { model }: QuayRegistryChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const props = propsOf(model);
    for (const map of model.configMaps) new RegistryConfigMap(this, `config-map-${map.name}`, { ...props, ...map });
    this.data(model, props);
    const service = model.access.service;
    new QuayMigration(this, 'migration', { ...props, ...model.migration });
    new QuayApplication(this, 'quay', { ...props, ...model.quay, service });
    if (model.mirror) new QuayMirror(this, 'mirror', { ...props, ...model.mirror });
    if (model.clair) new Clair(this, 'clair', { ...props, ...model.clair });
    for (const scaler of model.autoscalers) new Autoscaler(this, `scaler-${scaler.name}`, { ...props, ...scaler });
    this.access(model, props);
    const { monitoring, platform } = model;
    if (monitoring) new RegistryMonitoring(this, 'monitoring', { ...props, ...monitoring, platform });
  }

  private data(model: RegistryModel, props: RegistryProps): void {
    const { postgres, clairPostgres, redis, objectStorage } = model;
    if (postgres) new Postgres(this, 'postgres', { ...props, ...postgres });
    if (clairPostgres) new Postgres(this, 'clair-postgres', { ...props, ...clairPostgres });
    if (redis) new Redis(this, 'redis', { ...props, ...redis });
    if (objectStorage) new ObjectBucket(this, 'object-storage', { ...props, ...objectStorage });
  }

  private access({ access, networkPolicies }: RegistryModel, props: RegistryProps): void {
    for (const route of access.routes) new QuayRoute(this, `route-${route.name}`, { ...props, ...route });
    if (access.ingress) new QuayIngress(this, 'ingress', { ...props, ...access.ingress });
    for (const policy of networkPolicies) {
      new RegistryNetworkPolicy(this, `network-policy-${policy.name}`, { ...props, ...policy });
    }
  }
}

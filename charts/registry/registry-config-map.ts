import { Construct } from 'constructs';
import { type ConfigMapModel } from '../../src/registry/index.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';

/** A ConfigMap of a registry. */
export interface RegistryConfigMapProps extends RegistryProps, ConfigMapModel {}

/** Settings of a database, or a place that OpenShift injects authorities into. */
export class RegistryConfigMap extends Construct {
  constructor(scope: Construct, id: string, props: RegistryConfigMapProps) {
    super(scope, id);
    const { name, labels, annotations, data } = props;
    addObject(this, 'config-map', props, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name,
      labels,
      annotations,
      // What is not stated is not owned: whoever injects something keeps it.
      body: Object.keys(data).length === 0 ? {} : { data },
    });
  }
}

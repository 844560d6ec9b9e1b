import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type CustomResourceDefinition } from '../../src/api/crd/index.js';
import { allCrds } from '../parts/crds.js';
import { installationLabels } from '../parts/labels.js';
import { kept, wave } from '../parts/order.js';

/** CustomResourceDefinitions; by default of all kinds that Quayside knows, a registry's among them. Deleting a CRD deletes all its objects, so they are kept. */
export class CrdConstructs extends Construct {
  constructor(scope: Construct, id: string, crds: readonly CustomResourceDefinition[] = allCrds) {
    super(scope, id);
    for (const crd of crds) {
      new ApiObject(this, crd.metadata.name, {
        ...crd,
        metadata: {
          ...crd.metadata,
          labels: { ...crd.metadata.labels, ...installationLabels },
          annotations: { ...kept, ...wave('crds') },
        },
      });
    }
  }
}

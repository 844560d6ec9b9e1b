import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { crds } from '../parts/crds.js';
import { installationLabels } from '../parts/labels.js';
import { kept, wave } from '../parts/order.js';

/** The CustomResourceDefinitions of all kinds that Quayside reads and writes. Deleting a CRD deletes all its objects, so they are kept. */
export class CrdConstructs extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const crd of crds) {
      new ApiObject(this, crd.metadata.name, {
        ...crd,
        metadata: {
          ...crd.metadata,
          labels: { ...installationLabels, ...crd.metadata.labels },
          annotations: { ...kept, ...wave('crds') },
        },
      });
    }
  }
}

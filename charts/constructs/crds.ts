import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { definitions } from '../parts/crds.js';
import { installationLabels } from '../parts/labels.js';
import { kept, wave } from '../parts/order.js';

/** The CustomResourceDefinitions of all kinds that Quayside reads and writes. With a definition go all its objects, so they are kept. */
export class Definitions extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const definition of definitions) {
      new ApiObject(this, definition.metadata.name, {
        ...definition,
        metadata: {
          ...definition.metadata,
          labels: installationLabels,
          annotations: { ...kept, ...wave('definitions') },
        },
      });
    }
  }
}

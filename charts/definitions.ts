import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { customResourceDefinitions } from '../src/api/crd/index.js';

/** The CustomResourceDefinitions of all kinds that Quayside reads and writes. */
export class Definitions extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const definition of customResourceDefinitions()) {
      new ApiObject(this, definition.metadata.name, {
        ...definition,
        metadata: {
          ...definition.metadata,
          labels: { 'app.kubernetes.io/name': 'quayside' },
          annotations: {
            // With a definition go all its objects: no tool may remove it because a file is gone.
            'argocd.argoproj.io/sync-options': 'Prune=false',
            'argocd.argoproj.io/sync-wave': '-10',
            'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          },
        },
      });
    }
  }
}

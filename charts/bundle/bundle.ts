import { type App, ApiObject, Chart, JsonPatch } from 'cdk8s';
import { customResourceDefinitions } from '../../src/api/crd/index.js';
import { DisruptionBudget } from '../constructs/disruption-budget.js';
import { OperatorService, WebhookService } from '../constructs/services.js';
import { type Manifest } from '../examples/example.js';
import { type Options } from '../options/schema.js';
import { names } from '../parts/names.js';
import { clusterServiceVersion } from './cluster-service-version.js';

/** One file of the bundle for OLM, which takes one object from each. */
export class Bundle extends Chart {
  /** Adds all files of the bundle to an app. */
  static into(app: App, options: Options): void {
    // With a dot in its name a file would get a hash as well.
    const file = (id: string): Bundle => new Bundle(app, id.replaceAll('.', '-'), { disableResourceNameHashes: true });
    const { namespace, disruptionBudgets, webhook } = options;
    file('quayside.clusterserviceversion').holds(clusterServiceVersion(options));
    for (const definition of customResourceDefinitions()) file(definition.metadata.name).holds({ ...definition });
    new OperatorService(file('quayside.service'), 'object', { namespace });
    if (webhook) new WebhookService(file('quayside-webhook.service'), 'object', { namespace });
    if (!disruptionBudgets) return;
    for (const component of webhook ? (['operator', 'webhook'] as const) : (['operator'] as const)) {
      const name = names[component];
      new DisruptionBudget(file(`${name}.poddisruptionbudget`), 'object', { name, namespace, component });
    }
  }

  private holds(object: Manifest): void {
    new ApiObject(this, 'object', object);
  }

  /** OLM chooses the namespace. */
  override toJson(): unknown[] {
    for (const object of this.apiObjects) {
      if (object.metadata.namespace !== undefined && object.kind !== 'ClusterServiceVersion') {
        object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
      }
    }
    return super.toJson() as unknown[];
  }
}

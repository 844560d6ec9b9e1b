import { type App, ApiObject, Chart, JsonPatch } from 'cdk8s';
import { crds } from '../parts/crds.js';
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
    for (const crd of crds) file(crd.metadata.name).holds({ ...crd });
    const components = webhook ? (['operator', 'webhook'] as const) : (['operator'] as const);
    for (const component of components) {
      const name = names[component];
      const Service = component === 'operator' ? OperatorService : WebhookService;
      const service = file(`${name}.service`);
      new Service(service, 'object', { namespace });
      service.withoutNamespace();
      if (!disruptionBudgets) continue;
      const budget = file(`${name}.poddisruptionbudget`);
      new DisruptionBudget(budget, 'object', { name, namespace, component });
      budget.withoutNamespace();
    }
  }

  private holds(object: Manifest): void {
    new ApiObject(this, 'object', object);
  }

  /** OLM chooses the namespace. */
  private withoutNamespace(): void {
    // The list of the chart's own objects leaves out those inside of constructs.
    for (const object of this.node.findAll().filter((each) => ApiObject.isApiObject(each))) {
      object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }
}

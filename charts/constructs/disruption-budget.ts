import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Component, componentLabels } from '../parts/labels.js';

/** Which pods may not go all at once. */
export interface DisruptionBudgetProps {
  /** Name of the budget. */
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Which pods. */
  readonly component: Component;
}

/** Allows a node drain to evict one pod at a time; a single one can always be moved. */
export class DisruptionBudget extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, component }: DisruptionBudgetProps) {
    super(scope, id);
    const labels = componentLabels(component);
    new k8s.KubePodDisruptionBudget(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: labels } },
    });
  }
}

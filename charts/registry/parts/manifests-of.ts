import { App, type Chart } from 'cdk8s';
import { type Manifest } from '../../../src/registry/index.js';

/** The objects of one chart in the order in which they are needed, with their fields in order; nothing is written. */
export function manifestsOf(chart: (app: App) => Chart): readonly Manifest[] {
  return chart(new App()).toJson() as readonly Manifest[];
}

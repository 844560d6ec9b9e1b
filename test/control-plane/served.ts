import type { SharedControlPlane } from './control-plane.js';
import { eventually } from './eventually.js';

/** Waits until objects of these kinds, as `things.example.com`, are found and served: a definition is established a moment before that. */
export async function served(controlPlane: SharedControlPlane, kinds: readonly string[]): Promise<void> {
  const any = ['--all-namespaces', '--field-selector=metadata.name=none', '--output=name'];
  for (const kind of kinds) await eventually(() => controlPlane.kubectl(['get', kind, ...any]));
}

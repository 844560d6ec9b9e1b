import { isWhole } from '../api/index.js';
import { type Prepared } from './outcome.js';
import { type LeftOut, type RenderProblem } from './rendered.js';

/** One problem for each overlay that no document takes up: a typing error in the file name, or a namespace left out. */
export function overlaysForNobody({ input, paths }: Prepared, leftOut: readonly LeftOut[]): RenderProblem[] {
  const { namespaces } = input.cluster;
  // Unknown is not absent.
  if (!namespaces.known) return [];
  const seen = new Set(namespaces.items.map(({ name }) => name));
  const why = new Map(leftOut.map((each) => [each.namespace, each]));
  return [...input.overlays].flatMap(([namespace, value]) => {
    // Several integrations may share the folder: overlays of another one are not checked.
    if (value === null || value === undefined || input.claimed?.has(namespace) === true) return [];
    if (!seen.has(namespace) && !isWhole(namespaces)) return [];
    const message = seen.has(namespace) ? unused(why.get(namespace)) : `there is no namespace ${namespace}`;
    if (message === undefined) return [];
    const source = `${paths.overlays}/${namespace}.yaml`;
    const hint = 'Correct the name of the file, or delete it.';
    return [{ namespace, reason: 'OverlayInvalid' as const, source, path: '', message, hint }];
  });
}

function unused(leftOut: LeftOut | undefined): string | undefined {
  // These have a document, or will have one, or are going: the overlay may stay.
  const fine: readonly string[] = ['Ignored', 'NamespaceNotReady', 'NamespaceGone', 'OverlayInvalid'];
  if (leftOut === undefined || fine.includes(leftOut.reason)) return undefined;
  return `the namespace ${leftOut.namespace} ${leftOut.message}, so nothing uses this overlay`;
}

import { clusterOfDocuments } from '../../desired/index.js';
import { type Head } from '../../git/index.js';
import { selectorsOf } from '../../integration/index.js';
import { statePaths } from '../../names/index.js';
import { type Inputs, type KnownCluster } from '../../pipeline/inputs.js';
import { readStateFiles } from '../../pipeline/read-state-files.js';
import { unreadableSpecs } from '../../pipeline/unreadable-specs.js';
import { parseYaml } from '../../state/index.js';

/** What a pass starts from. */
interface Known {
  readonly inputs: Inputs;
  readonly known: KnownCluster;
}

/**
 * The cluster as the state repository itself shows it. What an integration selects by labels is what has a document; a namespace
 * that has only an overlay is taken for one that is there.
 */
export async function knownFromFiles(inputs: Inputs, head: Head, uid: string | undefined): Promise<Known> {
  const { namespaceSelector: _namespaces, imageStreamSelector: _streams, ...spec } = inputs.integration.spec;
  const integration = { ...inputs.integration, spec };
  const paths = statePaths(inputs.id, spec.git.path);
  const files = await readStateFiles(head, paths);
  const unreadable = unreadableSpecs(files.documents.values());
  const documents = [...files.documents.values()].filter(({ source }) => !unreadable.has(source));
  const snapshot = clusterOfDocuments(
    uid ?? (await uidIn(head, paths.identity)) ?? 'unknown',
    documents.map(({ organization }) => organization),
    [...files.overlays.keys(), ...files.unknown.namespaces.keys()],
  );
  return {
    inputs: { ...inputs, integration },
    known: { snapshot, selectors: selectorsOf([integration]), allIntegrationsKnown: false },
  };
}

async function uidIn(head: Head, identity: string): Promise<string | undefined> {
  const text = (await head.read([identity])).get(identity);
  const uid = text === undefined ? undefined : parseYaml(text, identity).value['uid'];
  return typeof uid === 'string' ? uid : undefined;
}

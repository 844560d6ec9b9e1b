import { leftOutStreamsAnnotation, parseOrganization, type QuayOrganization } from '../api/index.js';
import { parseYaml } from '../state/index.js';
import { located } from './located.js';

/**
 * The start of every file that Quayside writes. A file that starts otherwise is read in full; most files never have to be,
 * since a document that is rendered again is compared by its bytes.
 */
const ours =
  /^(?:#.*\n)*apiVersion: quayside\.dev\/v1alpha1\nkind: QuayOrganization\nmetadata:\n {2}name: (\S+)\n {2}labels:\n {4}app\.kubernetes\.io\/managed-by: (quayside)\n {4}quayside\.dev\/integration: (\S+)\n(?: {2}annotations:\n {4}quayside\.dev\/left-out-image-streams: (\d+-of-\d+)\n)?spec:\n/;

const plain = /^[a-z][a-z0-9.-]*$/;

/** The document of a file; of one that Quayside wrote, the spec is parsed when somebody asks for it. */
export function lazyOrganization(text: string, source: string): QuayOrganization {
  const parse = (): QuayOrganization => {
    const file = parseYaml(text, source);
    return located(file, () => parseOrganization(file.value, source));
  };
  const [, name = '', manager = '', integration = '', leftOut] = ours.exec(text) ?? [];
  if (![name, manager, integration].every((word) => plain.test(word))) return parse();
  let spec: (() => QuayOrganization['spec']) | undefined;
  return {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: {
      name,
      ...(leftOut !== undefined && { annotations: { [leftOutStreamsAnnotation]: leftOut } }),
      labels: { 'app.kubernetes.io/managed-by': manager, 'quayside.dev/integration': integration },
    },
    get spec() {
      return (spec ??= remembered(() => parse().spec))();
    },
  };
}

/** What it gave, or threw. */
function remembered<T>(make: () => T): () => T {
  try {
    const made = make();
    return () => made;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

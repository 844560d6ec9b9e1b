import {
  parseIntegration,
  type ClusterSnapshot,
  type ImageStreamRecord,
  type NamespaceRecord,
  type QuayIntegration,
  type QuayOrganization,
} from '../../src/api/index.js';
import { render, type RenderInput, type Rendering } from '../../src/desired/index.js';

/** An integration with the given fields beside the required ones. */
export function integration(spec: Record<string, unknown> = {}, name = 'quay'): QuayIntegration {
  return parseIntegration({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name },
    spec: {
      credentialsSecret: { namespace: 'quayside', name: 'quay-token' },
      quayHostname: 'https://quay.example.com',
      ...spec,
    },
  });
}

/** A namespace as the reflector would keep it. */
export function namespace(name: string, more: Partial<NamespaceRecord> = {}): NamespaceRecord {
  return { name, labels: {}, annotations: {}, finalizers: [], terminating: false, ...more };
}

/** Image streams written as `namespace/name`. */
export function streams(...names: readonly string[]): ImageStreamRecord[] {
  return names.map((text) => {
    const [of = '', name = ''] = text.split('/');
    return { namespace: of, name };
  });
}

/** A cluster where everything could be read. */
export function cluster(
  namespaces: readonly NamespaceRecord[],
  images: readonly ImageStreamRecord[] = [],
): ClusterSnapshot {
  return {
    uid: 'c1',
    namespaces: { known: true, items: namespaces },
    imageStreams: { known: true, items: images },
    hasBuildApis: true,
  };
}

/** `render` with an empty repository unless said otherwise. */
export function rendered(input: Partial<RenderInput> & Pick<RenderInput, 'cluster'>): Rendering {
  return render({ integration: integration(), overlays: new Map(), previous: new Map(), ...input });
}

/** What a rendering leaves in the repository, as the input of the next. */
export function asPrevious({ documents }: Rendering): Map<string, QuayOrganization> {
  return new Map(documents.map((document) => [document.namespace, document.organization]));
}

/** The document of one namespace. */
export function documentOf(rendering: Rendering, name: string): QuayOrganization {
  const found = rendering.documents.find((document) => document.namespace === name);
  if (found === undefined) throw new Error(`no document for ${name}`);
  return found.organization;
}

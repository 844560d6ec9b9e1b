import { openRepository, type StateRepository } from '../../src/git/index.js';
import {
  carriesLabels,
  commitMessage,
  publish,
  type Published,
  type PublishOptions,
  type Rendered,
} from '../../src/publish/index.js';
import { formatFile } from '../../src/state/index.js';
import { author, temporaryFolder } from '../support/temporary.js';

const managed = { 'app.kubernetes.io/managed-by': 'quayside' };

/** A document of an integration, as it stands in a file. */
export function document(name: string, value = '1', integration = 'quay'): string {
  const labels = { ...managed, 'quayside.dev/integration': integration };
  return formatFile({ apiVersion: 'test/v1', kind: 'Test', metadata: { name, labels }, spec: { value } }, [
    'Rendered.',
  ]);
}

/** What an integration wants: one file per document. */
export function rendered(documents: Readonly<Record<string, string>>, integration = 'quay'): Rendered {
  const entries = Object.entries(documents).map(([name, value]): [string, string] => [
    `clusters/c/documents/${name}.yaml`,
    document(name, value, integration),
  ]);
  return {
    folder: 'clusters/c/',
    files: new Map(entries),
    isOurs: (path) => path.startsWith('clusters/c/documents/'),
    mayRewrite: (_, content) => carriesLabels(content, managed),
    mayDelete: (_, content) => carriesLabels(content, { ...managed, 'quayside.dev/integration': integration }),
  };
}

export async function embeddedRepository(): Promise<StateRepository> {
  return openRepository({ embedded: await temporaryFolder() });
}

/** Publishes without waiting between tries. */
export function publishNow(
  repository: StateRepository,
  documents: Readonly<Record<string, string>> | Rendered,
  more: Partial<PublishOptions> = {},
): Promise<Published> {
  const wanted = 'files' in documents && 'folder' in documents ? (documents as Rendered) : rendered(documents);
  return publish({
    repository,
    render: async () => wanted,
    message: (proposal) =>
      commitMessage(proposal, {
        kinds: [{ one: 'document', many: 'documents' }],
        trailers: { 'Quayside-Cluster': 'c', 'Quayside-Integration': 'quay' },
      }),
    author,
    delay: async () => undefined,
    ...more,
  });
}

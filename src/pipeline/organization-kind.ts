import { type Problem } from '../errors/index.js';
import { statePaths } from '../names/index.js';
import { type DocumentKind, type Outcome } from './document-kind.js';
import { type Documents, documentsIn } from './documents.js';
import { type RenderedState, renderState } from './render-state.js';
import { type Session } from './session.js';

/** The documents of an integration: one organization in each. */
export type OrganizationKind = DocumentKind<RenderedState, Documents>;

/** The first kind of documents: `QuayOrganization`. */
export function organizationKind({ inputs, known }: Omit<Session, 'repository'>): OrganizationKind {
  const { id, integration } = inputs;
  return {
    folder: `${statePaths(id, integration.spec.git.path).organizations}/`,
    words: {
      one: 'organization',
      many: 'organizations',
      nameOf: (path) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
    },
    render: (head, others) => {
      const { snapshot: cluster, ...rest } = known;
      return renderState(head, { cluster, integration, others, ...rest });
    },
    read: async (tree, rendered, outcome) => {
      const documents = await documentsIn(tree, rendered, inputs, known);
      return { ...documents, problems: [...told(rendered, outcome), ...documents.problems] };
    },
  };
}

/** What was told while it was rendered, and the paths that could not be written safely. */
function told({ problems }: RenderedState, { kept }: Outcome): readonly Problem[] {
  // A link was reported already, with a hint.
  const reported = new Set(problems.map(({ source }) => source));
  const unsafe = kept.filter(({ path, reason }) => reason === 'Unsafe' && !reported.has(path));
  return [...problems, ...unsafe.map(({ path, message }) => ({ path: '', source: path, message }))];
}

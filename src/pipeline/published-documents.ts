import { documentsOf, type Documents } from './documents.js';
import { type PublishSession, publishState, type PublishedState } from './publish-documents.js';

/** Documents, and how they came into the state repository, where they did. */
export interface Declared extends Documents {
  readonly published?: PublishedState;
}

/** Per file where somebody took our change back: what happened, and how it goes on. */
export function heldBack({ published }: Pick<Declared, 'published'>): readonly string[] {
  const kept = published?.git.kept.filter(({ reason }) => reason === 'Reverted') ?? [];
  return kept.map(({ path, message }) => {
    const overlay = path.replace('/organizations/', '/overlays/');
    return (
      `${path}: ${message}, so the file stays as it is until the rendered content changes. ` +
      `To accept our change, restore the file; to keep the difference, write it into ${overlay} or list the namespace in ignore.yaml`
    );
  });
}

/** Publishes the rendering, and returns the documents that the state repository holds after that. */
export async function publishedDocuments(session: PublishSession, dryRun: boolean): Promise<Declared> {
  const { inputs, known } = session;
  const published = await publishState(session, dryRun);
  const { rendered, git } = published;
  const documents = documentsOf(rendered, git.kept, inputs, known);
  const unsafe = git.kept
    .filter(({ reason }) => reason === 'Unsafe')
    .map(({ path, message }) => ({ path: '', source: path, message }));
  // A link was reported already, with a hint.
  const reported = new Set(rendered.problems.map(({ source }) => source));
  const problems = [
    ...rendered.problems,
    ...unsafe.filter(({ source }) => !reported.has(source)),
    ...documents.problems,
  ];
  return { ...documents, problems, published };
}

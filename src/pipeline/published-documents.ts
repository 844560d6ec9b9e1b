import { documentsOf, type Documents } from './documents.js';
import { type Place, publishState, type PublishedState } from './publish-documents.js';

/** Documents, and how they came into the state repository, where they did. */
export interface Stated extends Documents {
  readonly published?: PublishedState;
}

/** Per file where somebody took our change back: what happened, and how it goes on. */
export function heldBack({ published }: Pick<Stated, 'published'>): readonly string[] {
  const kept = published?.git.kept.filter(({ reason }) => reason === 'Reverted') ?? [];
  return kept.map(({ path, message }) => {
    const overlay = path.replace('/organizations/', '/overlays/');
    return (
      `${path}: ${message}, so it stays as it is until something else is to be written there. ` +
      `To have our change, put the file back as it was; to have something else for good, say so in ${overlay} or in ignore.yaml`
    );
  });
}

/** Publishes what is rendered, and gives the documents that the state repository holds after that. */
export async function publishedDocuments(place: Place, dryRun: boolean): Promise<Stated> {
  const { ends, known } = place;
  const published = await publishState(place, dryRun);
  const { rendered, git } = published;
  const documents = documentsOf(rendered, git.kept, ends, known);
  const unsafe = git.kept
    .filter(({ reason }) => reason === 'Unsafe')
    .map(({ path, message }) => ({ path: '', source: path, message }));
  // A link has been told of already, with what to do about it.
  const told = new Set(rendered.problems.map(({ source }) => source));
  const problems = [...rendered.problems, ...unsafe.filter(({ source }) => !told.has(source)), ...documents.problems];
  return { ...documents, problems, published };
}

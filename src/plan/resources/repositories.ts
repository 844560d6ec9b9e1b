import type { Change } from '../change.js';
import type { Context, FamilyPlan, ListedRepository } from '../context.js';
import { correction, planned } from '../planned.js';
import { things } from '../managed-items.js';

/** Repositories. None is ever deleted here: those whose image stream is gone are candidates for the gate. */
export interface RepositoriesPlan extends FamilyPlan {
  /** Made by us for an image stream that is no longer stated. */
  readonly candidates: readonly string[];
}

/** Plans what is listed, and names the repositories that are no longer. */
export function planRepositories(context: Context): RepositoriesPlan {
  const { observed, listed, claim } = context;
  const names = new Set(listed.map(({ found }) => found.name));
  const unlisted = observed.repositories.map(({ name }) => name).filter((name) => !names.has(name));
  const candidates = unlisted.filter((name) => claim.recorded(things.imageStream(name))).sort();
  return {
    changes: listed.flatMap(changesFor),
    ours: [
      ...listed.filter(({ isNew }) => !isNew).flatMap((repository) => ourName(context, repository) ?? []),
      ...unlisted.map(things.repository).filter(claim.recorded),
      ...candidates.map(things.imageStream),
    ],
    skipped: [],
    candidates,
  };
}

const nameOf = ({ stated }: ListedRepository): string =>
  stated.source === 'ImageStream' ? things.imageStream(stated.name) : things.repository(stated.name);

/** What somebody wrote down first stays his, also when an image stream of that name appears. */
function ourName({ claim }: Context, repository: ListedRepository): string | undefined {
  const { name } = repository.stated;
  const recorded = [things.repository(name), things.imageStream(name)].find(claim.recorded);
  return recorded ?? (claim.ours(nameOf(repository)) ? nameOf(repository) : undefined);
}

function changesFor(listed: ListedRepository): FamilyPlan['changes'] {
  const { stated, found, isNew } = listed;
  const { name: repository, visibility, description } = stated;
  if (isNew) {
    const change: Change = {
      type: 'CreateRepository',
      repository,
      visibility: found.visibility,
      description: found.description,
    };
    return [planned(change, nameOf(listed))];
  }
  const changes: Change[] = [];
  if (description !== undefined && description !== found.description)
    changes.push({ type: 'SetDescription', repository, description });
  if (visibility !== undefined && visibility !== found.visibility)
    changes.push({ type: 'SetVisibility', repository, visibility });
  return changes.map((change) => correction(change, nameOf(listed)));
}

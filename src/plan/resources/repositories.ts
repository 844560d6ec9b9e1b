import type { Change } from '../change.js';
import type { Context, ResourcePlan, ListedRepository } from '../context.js';
import { correction, planned } from '../planned.js';
import { managedItems } from '../managed-items.js';

/** Repositories. None is ever deleted here: those whose image stream is gone are candidates for the deletion guard. */
export interface RepositoriesPlan extends ResourcePlan {
  /** Made by us for an image stream that is no longer declared. */
  readonly candidates: readonly string[];
}

/** Plans what is listed, and names the repositories that are no longer. */
export function planRepositories(context: Context): RepositoriesPlan {
  const { observed, listed, claim } = context;
  const names = new Set(listed.map(({ found }) => found.name));
  const unlisted = observed.repositories.map(({ name }) => name).filter((name) => !names.has(name));
  const candidates = unlisted.filter((name) => claim.recorded(managedItems.imageStream(name))).sort();
  return {
    changes: listed.flatMap(changesFor),
    ours: [
      ...listed.filter(({ isNew }) => !isNew).flatMap((repository) => ourName(context, repository) ?? []),
      ...unlisted.map(managedItems.repository).filter(claim.recorded),
      ...candidates.map(managedItems.imageStream),
    ],
    skipped: [],
    candidates,
  };
}

const nameOf = ({ declared }: ListedRepository): string =>
  declared.source === 'ImageStream' ? managedItems.imageStream(declared.name) : managedItems.repository(declared.name);

/** What somebody wrote down first stays his, also when an image stream of that name appears. */
function ourName({ claim }: Context, repository: ListedRepository): string | undefined {
  const { name } = repository.declared;
  const recorded = [managedItems.repository(name), managedItems.imageStream(name)].find(claim.recorded);
  return recorded ?? (claim.ours(nameOf(repository)) ? nameOf(repository) : undefined);
}

function changesFor(listed: ListedRepository): ResourcePlan['changes'] {
  const { declared, found, isNew } = listed;
  const { name: repository, visibility, description } = declared;
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

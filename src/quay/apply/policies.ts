import type { Change } from '../../plan/index.js';
import { policyCall, readAutoPrune, readImmutability } from '../observe/policies.js';
import { create, remove } from './confirm.js';
import type { Applied, Applying } from './context.js';
import { requireFeature } from './require-feature.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

/** Adds an auto-prune policy. */
export async function createAutoPrune(
  applying: Applying,
  { repository, policy }: Of<'CreateAutoPrune'>,
): Promise<Applied> {
  const { ask, calls } = applying;
  const { numberOfTags, olderThan, tagPattern, tagPatternMatches } = policy;
  // An older Quay ignores the pattern, and would prune every tag.
  await requireFeature(applying, tagPattern === undefined ? 'autoPrune' : 'autoPrunePatterns');
  const body = {
    ...(numberOfTags === undefined
      ? { method: 'creation_date', value: olderThan }
      : { method: 'number_of_tags', value: numberOfTags }),
    ...(tagPattern !== undefined && { tagPattern }),
    // It means nothing without a pattern, but Quay keeps it, and shows it again.
    ...((tagPattern !== undefined || !tagPatternMatches) && { tagPatternMatches }),
  };
  return create(ask, policyCall(calls, 'POST', 'autoprunepolicy', { repository, body }), async () =>
    (await readAutoPrune(ask, calls, repository)).some(
      (found) =>
        found.numberOfTags === numberOfTags &&
        found.olderThan === olderThan &&
        found.tagPattern === tagPattern &&
        (tagPattern === undefined || found.tagPatternMatches === tagPatternMatches),
    ),
  );
}

/** Removes an auto-prune policy. */
export async function deleteAutoPrune(applying: Applying, { repository, uuid }: Of<'DeleteAutoPrune'>): Promise<void> {
  await requireFeature(applying, 'autoPrune');
  await remove(applying.ask, policyCall(applying.calls, 'DELETE', 'autoprunepolicy', { repository, uuid }));
}

/** Adds an immutability policy; Quay marks the tags that match for good. */
export async function createImmutability(
  applying: Applying,
  { repository, policy }: Of<'CreateImmutability'>,
): Promise<Applied> {
  await requireFeature(applying, 'immutability');
  const { ask, calls } = applying;
  return create(ask, policyCall(calls, 'POST', 'immutabilitypolicy', { repository, body: policy }), async () =>
    (await readImmutability(ask, calls, repository)).some(
      (found) => found.tagPattern === policy.tagPattern && found.tagPatternMatches === policy.tagPatternMatches,
    ),
  );
}

/** Changes an immutability policy; all of it is sent, as Quay resets what is left out. */
export async function updateImmutability(
  applying: Applying,
  { repository, uuid, policy }: Of<'UpdateImmutability'>,
): Promise<void> {
  await requireFeature(applying, 'immutability');
  await applying.ask.must(policyCall(applying.calls, 'PUT', 'immutabilitypolicy', { repository, uuid, body: policy }));
}

/** Removes an immutability policy; tags that it marked stay marked. */
export async function deleteImmutability(
  applying: Applying,
  { repository, uuid }: Of<'DeleteImmutability'>,
): Promise<void> {
  await requireFeature(applying, 'immutability');
  await remove(applying.ask, policyCall(applying.calls, 'DELETE', 'immutabilitypolicy', { repository, uuid }));
}

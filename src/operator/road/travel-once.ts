import { acceptHistoryAnnotation, type QuayIntegration } from '../../api/index.js';
import { isIgnored } from '../../app/state-files.js';
import { publishedDocuments, type Stated } from '../../app/published-documents.js';
import { formatProblem } from '../../errors/index.js';
import { type Head, type StateRepository } from '../../git/index.js';
import { patchGuarded, removeAnnotations } from '../../kube/index.js';
import { claims } from '../../integration/index.js';
import { checkHistory } from '../../sync/index.js';
import { fieldManager } from '../field-manager.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { markIgnored } from './mark-ignored.js';
import { branchLock, placeOf } from './place.js';
import { syncDocuments } from './sync-documents.js';

/** What a way over Git left behind. */
export interface Travelled {
  readonly head: Head | undefined;
  readonly stated: Stated;
}

/** Goes the way of one integration once: from the cluster into Git, and from there back into the cluster as objects. */
export async function travelOnce(
  operator: Operator,
  integrations: Integrations,
  known: KnownIntegration,
  repository: StateRepository,
): Promise<Travelled> {
  const { integration } = known;
  const { name } = integration.metadata;
  const place = await placeOf(operator, integrations, known, repository);
  const { stated, head } = await operator.locks.hold([branchLock(repository)], async () => ({
    stated: await publishedDocuments(place, false),
    head: await repository.head({ fetch: false }),
  }));
  const before = integrations.findings(name).applied ?? integrations.status(name)?.lastAppliedCommit;
  const diverged = isAccepted(integration, head) ? undefined : await checkHistory(repository, head, before);
  const { published } = stated;
  if (integration.spec.git.sync === 'BuiltIn') {
    const { owners } = claims(place.known.claimants, namespacesOf(place), new Map());
    await syncDocuments(operator, {
      integration: name,
      documents: stated.documents,
      mayPrune: (live) =>
        stated.complete &&
        diverged === undefined &&
        !stated.withheld.has(live.organization) &&
        // Whoever has the namespace now takes the object over as it is.
        (owners.get(live.namespace ?? '') ?? name) === name,
    });
    const files = published?.rendered.files;
    await markIgnored(operator, name, ({ namespace = '', organization }) =>
      files === undefined ? false : isIgnored(files, { spec: { namespace, name: organization } }),
    );
  }
  const isWhole = stated.complete && diverged === undefined;
  const { rendering } = published?.rendered ?? {};
  integrations.report(name, {
    road: undefined,
    travelled: true,
    diverged: diverged === undefined ? undefined : `${diverged.message}. ${howToAccept(head)}`,
    unknown: rendering?.unknown ?? [],
    problems: stated.problems.map(formatProblem),
    lost: (rendering?.leftOut ?? [])
      .filter(({ reason }) => reason === 'Conflict')
      .map(({ namespace, message }) => `${namespace} ${message}`),
    ...(published?.git.commit !== undefined && { published: published.git.commit }),
    ...(isWhole && head !== undefined && { applied: head.commit }),
  });
  if (isWhole) await useUp(operator, known, acceptHistoryAnnotation);
  return { head, stated };
}

function namespacesOf({ known }: Awaited<ReturnType<typeof placeOf>>) {
  const { namespaces } = known.snapshot;
  return namespaces.known ? namespaces.items : [];
}

function isAccepted({ metadata }: QuayIntegration, head: Head | undefined): boolean {
  const accepted = metadata.annotations?.[acceptHistoryAnnotation];
  if (accepted === undefined) return false;
  return accepted === 'true' || (accepted.length >= 7 && head?.commit.startsWith(accepted) === true);
}

function howToAccept(head: Head | undefined): string {
  const value = head === undefined ? 'true' : head.commit.slice(0, 12);
  return `To agree, set the annotation ${acceptHistoryAnnotation} of the integration to ${value}`;
}

/** Takes an annotation off the integration that has done what it was put there for. */
export async function useUp(
  { client }: Operator,
  { integration, type }: KnownIntegration,
  annotation: string,
): Promise<void> {
  if (integration.metadata.annotations?.[annotation] === undefined) return;
  await patchGuarded(client, {
    type,
    named: { name: integration.metadata.name },
    manager: fieldManager,
    steps: (live) => removeAnnotations(live, [annotation]),
  });
}

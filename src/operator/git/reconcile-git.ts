import {
  acceptHistoryAnnotation,
  ignoredAnnotation,
  type QuayIntegration,
  type QuayOrganization,
} from '../../api/index.js';
import { checkStateHistory } from '../../pipeline/check-history.js';
import { isIgnored } from '../../pipeline/read-state-files.js';
import { type Place } from '../../pipeline/publish-documents.js';
import { heldBack, publishedDocuments, type Stated } from '../../pipeline/published-documents.js';
import { statedHead } from '../../pipeline/declared-head.js';
import { formatProblem, type Problem, toError } from '../../errors/index.js';
import { type Head, type StateRepository } from '../../git/index.js';
import { claims } from '../../integration/index.js';
import { statePaths } from '../../names/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type Findings, ignoredNow } from '../status/integration-report.js';
import { grownDocuments } from './grown-documents.js';
import { ignoredIn } from './ignored-in.js';
import { markIgnored } from './mark-ignored.js';
import { branchLock, placeOf } from './inputs.js';
import { checkHistory, syncDocuments, type Synced } from '../../sync/index.js';
import { useUp } from './consume-annotation.js';

/** Where a way leads, and what the one before it meant the objects to be, by name. */
export interface Start {
  readonly repository: StateRepository;
  readonly last: ReadonlyMap<string, QuayOrganization> | undefined;
}

/** What a way over Git left behind. */
export interface Travelled {
  readonly head: Head | undefined;
  readonly stated: Stated;
  /** What the objects were meant to be. */
  readonly documents: readonly QuayOrganization[];
  /** Objects that were being deleted, and have to be made again once they are gone. */
  readonly leaving: readonly string[];
  /** Objects that the API server will not have as they are. */
  readonly refused: readonly Problem[];
  /** Milliseconds until an object may be written again that somebody else changes each time. */
  readonly due?: number;
}

/** Goes the way of one integration once: from the cluster into Git, and from there back into the cluster as objects. */
export async function travelOnce(
  operator: Operator,
  integrations: Integrations,
  known: KnownIntegration,
  { repository, last }: Start,
): Promise<Travelled> {
  const { integration } = known;
  const { name } = integration.metadata;
  const place = await placeOf(operator, integrations, known, repository);
  const stated = await operator.locks.hold([branchLock(repository)], () => publishedDocuments(place, false));
  const head = stated.published && (await statedHead(repository, stated.published));
  const diverged = isAccepted(integration, head)
    ? undefined
    : await checkStateHistory(
        repository,
        head,
        lastApplied(integrations, name),
        statePaths(known.id, integration.spec.git.path),
      );
  const isHistoryKnown = diverged === undefined;
  const { faults, ...brought } = await bringIn(operator, integrations, { place, stated, last, isHistoryKnown });
  const isWhole = stated.complete && isHistoryKnown && faults.length === 0;
  integrations.report(name, {
    ...tell(stated, brought.refused),
    ignored: ignoredIn(
      stated,
      isHistoryKnown ? undefined : ignoredNow(integrations.findings(name), integrations.status(name)),
    ),
    diverged: diverged && `${diverged.message}. ${howToAccept(head)}`,
    ...(isWhole && head !== undefined && { applied: head.commit }),
  });
  if (faults.length > 0) throw toError(faults[0]);
  if (isWhole) await useUp(operator, known, acceptHistoryAnnotation);
  return { head, stated, ...brought };
}

function lastApplied(integrations: Integrations, name: string): string | undefined {
  return integrations.findings(name).applied ?? integrations.status(name)?.lastAppliedCommit;
}

interface Arrival extends Pick<Start, 'last'> {
  readonly place: Place;
  readonly stated: Stated;
  readonly isHistoryKnown: boolean;
}

type Brought = Pick<Travelled, 'documents'> & Synced;

/** The documents as objects of the cluster. */
async function bringIn(
  operator: Operator,
  integrations: Integrations,
  { place, stated, last, isHistoryKnown }: Arrival,
): Promise<Brought> {
  const { integration, id } = place.ends;
  const { name } = integration.metadata;
  if (integration.spec.git.sync !== 'BuiltIn') {
    return { documents: stated.documents, leaving: [], refused: [], faults: [] };
  }
  const documents =
    isHistoryKnown && !stated.onlyGrow ? stated.documents : grownDocuments(stated.documents, operator.watches);
  const { namespaces } = place.known.snapshot;
  const { owners } = claims(
    place.known.claimants,
    namespaces.known ? namespaces.items : [],
    place.known.incumbents ?? new Map(),
  );
  // Whoever has the namespace now takes the object over as it is, where he calls it by the same name.
  const isTakenOver = (owner = name): boolean => owner !== name && (integrations.get(owner)?.id ?? id) === id;
  const synced = await syncDocuments({
    client: operator.client,
    repairs: operator.repairs,
    lives: operator.watches.organizations.list(),
    signal: operator.signal,
    integration: name,
    documents,
    last,
    mayPrune: ({ organization, namespace = '' }) =>
      stated.complete && isHistoryKnown && !stated.withheld.has(organization) && !isTakenOver(owners.get(namespace)),
  });
  const files = stated.published?.rendered.files ?? { ignore: undefined };
  await markIgnored(operator, name, ({ namespace = '', organization, annotations }) => {
    const wasIgnored = !isHistoryKnown && annotations[ignoredAnnotation] !== undefined;
    return wasIgnored || isIgnored(files, { spec: { namespace, name: organization } });
  });
  return { documents, ...synced };
}

/** What the status of the integration says of a way. */
function tell({ published, problems }: Stated, refused: readonly Problem[]): Findings {
  const { rendering } = published?.rendered ?? {};
  const commit = published?.git.commit;
  return {
    road: undefined,
    travelled: true,
    unknown: rendering?.unknown ?? [],
    problems: [...problems, ...refused].map(formatProblem),
    reverted: heldBack({ published }),
    lost: (rendering?.leftOut ?? []).flatMap(({ reason, namespace, message }) =>
      reason === 'Conflict' ? [`${namespace} ${message}`] : [],
    ),
    ...(commit !== undefined && { published: commit }),
  };
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

import { acceptTermAnnotation, durationSeconds, type QuayIntegrationStatus } from '../../api/index.js';
import { QuaysideError, RetryableError } from '../../errors/index.js';
import { objectOrEmpty } from '../../json/index.js';
import { readObject } from '../../kube/index.js';
import { type Fact } from '../../plan/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { judgeTerm, type TermVerdict } from './judge-term.js';
import { contest, newTerm, termRef, type TermRepository } from './term-ref.js';

/**
 * Whether another installation has the same identity, as a cluster that was restored from a backup beside the original has.
 * Each leadership writes a term into a ref of the state repository. With an embedded repository, and with a forge that takes
 * nothing but branches, it cannot be seen.
 */
export interface Terms {
  /** Why nothing may be removed, in words; undefined where this installation is the only one. */
  readonly look: (known: KnownIntegration, repository: TermRepository) => Promise<string | undefined>;
  /** Writes the term of this leadership, where `look` had nothing against it. */
  readonly take: (known: KnownIntegration, repository: TermRepository) => Promise<void>;
  /** Whether somebody else wrote the ref since. */
  readonly hasChanged: (known: KnownIntegration, repository: TermRepository) => Promise<boolean>;
  /** Read afresh before a deletion. A term has to have stood for a while: the other installation objects at its next poll. */
  readonly isOnly: (known: KnownIntegration) => Promise<Fact>;
}

interface Term {
  /** A repository that is replaced by another one has no term yet. */
  readonly repository: string;
  /** Undefined where the remote takes no such ref. */
  readonly commit: string | undefined;
  /** In milliseconds of `performance.now()`. */
  readonly since: number;
  /** What was found in its place, once another installation was noticed. */
  readonly lostTo?: string;
}

interface Parts extends Pick<Operator, 'client' | 'log'> {
  readonly integrations: Pick<Integrations, 'report' | 'writeStatus' | 'status'>;
  readonly own: Map<string, Term>;
}

/** No term was written in this leadership yet. */
export function createTerms(
  { client, log }: Pick<Operator, 'client' | 'log'>,
  integrations: Parts['integrations'],
): Terms {
  const parts: Parts = { client, log, integrations, own: new Map() };
  return {
    look: async (known, repository) => (isSeen(known) ? look(parts, known, repository) : undefined),
    take: async (known, repository) => {
      if (isSeen(known) && ownTerm(parts, known, repository) === undefined) await take(parts, known, repository);
    },
    hasChanged: async (known, repository) => {
      const own = ownTerm(parts, known, repository);
      if (!isSeen(known) || own?.commit === undefined) return false;
      const found = await repository.readRef(termRef(known.id, known.integration.metadata.name));
      return found !== (own.lostTo ?? own.commit);
    },
    isOnly: async (known) => {
      if (!isSeen(known)) return 'Yes';
      const repository = known.repository.value;
      const own = repository && ownTerm(parts, known, repository);
      if (repository === undefined || own === undefined) return 'Unknown';
      if (own.commit === undefined) return 'Yes';
      const hasStood = performance.now() - own.since >= 2_000 * durationSeconds(known.integration.spec.git.interval);
      return hasStood && (await judge(parts, known, repository)).verdict === 'Ours' ? 'Yes' : 'Unknown';
    },
  };
}

/** An embedded repository is copied with the cluster, so that it tells nothing. */
function isSeen({ integration: { spec } }: KnownIntegration): boolean {
  return spec.git.url !== undefined;
}

function ownTerm({ own }: Parts, { integration }: KnownIntegration, { description }: TermRepository): Term | undefined {
  const term = own.get(integration.metadata.name);
  return term?.repository === description ? term : undefined;
}

interface Judged {
  readonly verdict: TermVerdict;
  readonly found: string | undefined;
}

async function judge(parts: Parts, known: KnownIntegration, repository: TermRepository): Promise<Judged> {
  const { metadata } = known.integration;
  const own = ownTerm(parts, known, repository);
  if (own !== undefined && own.commit === undefined) return { verdict: 'Ours', found: undefined };
  const found = await repository.readRef(termRef(known.id, metadata.name));
  const accepted = metadata.annotations?.[acceptTermAnnotation];
  if (found !== undefined && found === own?.commit) return { verdict: 'Ours', found };
  const noted = await notedTerms(parts, known);
  return { verdict: judgeTerm({ found, own: own?.commit, noted, accepted }), found };
}

/** Read afresh: another process of this cluster may have become the leader. */
async function notedTerms({ client }: Parts, { integration, type }: KnownIntegration): Promise<readonly string[]> {
  const object = await readObject(client, type, { name: integration.metadata.name });
  const { term } = objectOrEmpty(object?.status) as Pick<QuayIntegrationStatus, 'term'>;
  return [term?.current, term?.next].filter((one) => typeof one === 'string');
}

async function look(parts: Parts, known: KnownIntegration, repository: TermRepository): Promise<string | undefined> {
  const { name } = known.integration.metadata;
  const { verdict, found = '' } = await judge(parts, known, repository);
  if (verdict === 'Succeeded') throw new RetryableError('Conflict', 'another process of this cluster leads by now');
  if (verdict !== 'Duplicated') {
    if (verdict === 'Take') parts.own.delete(name);
    return undefined;
  }
  const term = await noteDuplicate(parts, known, repository, found);
  return (
    `another installation with the cluster UID and the cluster ID of this one writes to ${repository.description}: ` +
    'a cluster that was restored from a backup, for one. Nothing is removed or deleted. If this is the one that stays, stop the ' +
    `other, and set the annotation ${acceptTermAnnotation} of the integration to ${term.slice(0, 12)}`
  );
}

/** The first time the other one is made to notice as well; after that the ref is left to whom a person agrees to. */
async function noteDuplicate(
  parts: Parts,
  known: KnownIntegration,
  repository: TermRepository,
  found: string,
): Promise<string> {
  const { metadata, spec } = known.integration;
  const own = ownTerm(parts, known, repository);
  if (own?.lostTo !== undefined) return found;
  const words = 'another installation with the same identity writes to the state repository';
  parts.log.warn({ integration: metadata.name, term: found }, words);
  // Who only starts here changes nothing: the other one has written last, and may be right.
  if (own === undefined) return found;
  const lostTo = await contest(repository, termRef(known.id, metadata.name), { found, author: spec.git.author });
  parts.own.set(metadata.name, { ...own, lostTo });
  return lostTo;
}

/** The status notes the term before the ref has it, so that a crash between the two is no other installation. */
async function take(parts: Parts, known: KnownIntegration, repository: TermRepository): Promise<void> {
  const { own, integrations } = parts;
  const { metadata, spec } = known.integration;
  const { name } = metadata;
  const ref = termRef(known.id, name);
  const before = await repository.readRef(ref);
  const next = await newTerm(repository, spec.git.author);
  const current = integrations.status(name)?.term?.current;
  integrations.report(name, { term: { ...(current !== undefined && { current }), next } });
  await integrations.writeStatus(name);
  const commit = (await write(repository, ref, next, before)) ? next : undefined;
  own.set(name, { repository: repository.description, commit, since: performance.now() });
  integrations.report(name, { term: commit === undefined ? undefined : { current: commit } });
}

/** Whether the remote takes such a ref at all. */
async function write(
  repository: TermRepository,
  ref: string,
  commit: string,
  before: string | undefined,
): Promise<boolean> {
  try {
    if ((await repository.writeRef(ref, commit, before)) === 'pushed') return true;
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'PushDenied') return false;
    throw error;
  }
  throw new RetryableError('Conflict', `somebody else wrote ${ref} at the same time`);
}

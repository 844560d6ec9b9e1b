import { isDeepStrictEqual } from 'node:util';
import PQueue from 'p-queue';
import { fieldManager, type QuayOrganization, syncLabel } from '../api/index.js';
import { describeError, type Problem, RefusedError } from '../errors/index.js';
import {
  type Applied,
  applyObject,
  CallFailed,
  deleteObject,
  type KubeClient,
  patchGuarded,
  type Repairs,
  resourceTypes,
} from '../kube/index.js';
import { labelValue } from '../names/index.js';
import { desiredObject, hasLeftOver, isAsDesired } from './desired-object.js';
import { documentRepair } from './document-repair.js';
import { type LiveObject } from './live-object.js';

export interface SyncInput<Live extends LiveObject> {
  readonly client: KubeClient;
  readonly repairs: Pick<Repairs, 'attempt' | 'hold'>;
  /** The objects that are in the cluster. */
  readonly lives: readonly Live[];
  readonly integration: string;
  readonly documents: readonly QuayOrganization[];
  /** The documents of the time before, by name, where there was one since the start. */
  readonly last: ReadonlyMap<string, QuayOrganization> | undefined;
  /** Whether an object of ours whose document is no longer there may be deleted; Quay is the finalizer's matter. */
  readonly mayPrune: (live: Live) => boolean;
  /** Nothing is written any more once it is aborted. */
  readonly signal: AbortSignal;
}

/** What the sync came to. */
export interface Synced {
  /** Objects that are being deleted, and have to be made again once they are gone. */
  readonly leaving: readonly string[];
  /** Objects that could not be written, in the order of their names, where others could. */
  readonly refused: readonly Problem[];
  /** Milliseconds until an object may be written again that somebody else changes each time. */
  readonly due?: number;
  /** What went wrong, and concerns more than an object. */
  readonly faults: readonly unknown[];
}

const type = resourceTypes.quayOrganization;
const atOnce = 8;
/** Milliseconds until what failed with some objects is tried again. */
const again = 5_000;

/**
 * Applies the documents to the cluster as objects, and deletes those that this integration applied and that are no longer
 * declared. One that cannot be written stops none of the others.
 */
export async function syncDocuments<Live extends LiveObject>(input: SyncInput<Live>): Promise<Synced> {
  const { client, repairs, integration, documents, last, mayPrune, signal } = input;
  const queue = new PQueue({ concurrency: atOnce });
  const lives = new Map(input.lives.map((live) => [live.name, live]));
  const declared = new Set(documents.map(({ metadata }) => metadata.name));
  const wanting = documents.filter((document) => {
    const live = lives.get(document.metadata.name);
    if (live === undefined) return true;
    const desired = desiredObject(document, integration);
    const before = desiredObject(last?.get(live.name) ?? document, integration);
    // One that is being deleted comes again when it is gone.
    return !live.deleting && (!isAsDesired(live, desired) || hasLeftOver(live, desired, before));
  });
  const surplus = [...lives.values()].filter(
    (live) =>
      live.labels[syncLabel] === labelValue(integration) &&
      !live.deleting &&
      !declared.has(live.name) &&
      mayPrune(live),
  );
  const keep = (document: QuayOrganization): Promise<string> =>
    repairs.attempt(documentRepair(document, { integration, last, live: lives.get(document.metadata.name) }), () =>
      applyDocument(client, document, integration),
    );
  const refused = new Map<string, string>();
  const faults = new Map<string, unknown>();
  const failing = new Map<string, unknown>();
  const attempt = (name: string, write: () => Promise<unknown>) => async (): Promise<void> => {
    try {
      if (!signal.aborted) await write();
    } catch (error) {
      if (error instanceof RefusedError) refused.set(name, error.message);
      else (error instanceof CallFailed ? failing : faults).set(name, error);
    }
  };
  await queue.addAll([
    ...wanting.map((document) => attempt(document.metadata.name, () => keep(document))),
    ...surplus.map(({ name, uid }) => attempt(name, () => deleteObject(client, type, { name }, { uid }))),
  ]);
  const leaving = [...declared].filter((name) => lives.get(name)?.deleting === true);
  const attempts = wanting.length + surplus.length;
  // Where others could be written, or it is the only one, the fault is in the object: it is everybody's only when none can be.
  const isOfSome = failing.size + faults.size < attempts || attempts === 1;
  if (isOfSome) for (const [name, error] of failing) refused.set(name, describeError(error));
  const waits = [
    ...wanting.map((document) => repairs.hold(documentRepair(document, { integration, last }))),
    isOfSome && failing.size > 0 ? again : 0,
  ].filter((wait) => wait > 0);
  return {
    leaving,
    refused: problemsOf(refused),
    faults: isOfSome ? [...faults.values()] : [...faults.values(), ...failing.values()],
    ...(waits.length > 0 && { due: Math.min(...waits) }),
  };
}

function problemsOf(refused: ReadonlyMap<string, string>): readonly Problem[] {
  const names = [...refused.keys()].sort();
  return names.map((name) => ({ path: '', source: `QuayOrganization ${name}`, message: refused.get(name) ?? '' }));
}

type Outcome = Applied['outcome'];

async function applyDocument(client: KubeClient, document: QuayOrganization, integration: string): Promise<Outcome> {
  const object = desiredObject(document, integration);
  const applied = await applyObject(client, { type, object, manager: fieldManager, live: {} });
  if (isDeepStrictEqual(applied.object.spec, object.spec)) return applied.outcome;
  // Somebody else wrote fields that we never declared, which an apply does not change.
  return patchGuarded(client, {
    type,
    named: { name: document.metadata.name },
    manager: fieldManager,
    steps: (live) =>
      isDeepStrictEqual(live.spec, object.spec) ? [] : [{ op: 'replace', path: '/spec', value: object.spec }],
  });
}

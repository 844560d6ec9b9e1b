import { isDeepStrictEqual } from 'node:util';
import { fieldManager } from '../api/index.js';
import { type Fields } from '../json/index.js';
import { type Applied, applyObject, type KubeClient, patchGuarded, type Repairs } from '../kube/index.js';
import { type Step } from './decide.js';
import { contentsOf } from './inventory/contents.js';
import { isRecorded, type Recording } from './inventory/record.js';
import { objectRepair } from './object-repair.js';
import { type StepResult } from './run-steps.js';
import { type KubeObject, type LiveObject } from './sync-object.js';

/** What an object is written with. */
export interface Writing {
  readonly client: KubeClient;
  readonly repairs: Pick<Repairs, 'attempt'>;
  readonly last: ReadonlyMap<string, KubeObject> | undefined;
  readonly live: LiveObject | undefined;
  readonly set: string | undefined;
  /** What the parent records: nothing is applied that it could not be told of. */
  readonly recording?: Recording | undefined;
  readonly parentNamespace?: string | undefined;
}

/** Writes one object, unless its repair has to wait. */
export async function writeObject(step: Step, writing: Writing): Promise<StepResult> {
  const { client, repairs, last, live, set, recording, parentNamespace } = writing;
  if (recording?.error !== undefined && !isRecorded(recording, contentsOf([step.key], parentNamespace))) {
    return { state: 'Failed', error: recording.error };
  }
  try {
    const written: { object?: Fields } = {};
    const repair = objectRepair(step.declared, { traits: step.traits, set, last, live });
    const outcome = await repairs.attempt(repair, async (found) => {
      const applied = await apply(client, step, found);
      written.object = applied.object;
      return applied.outcome;
    });
    return outcome === 'Held' ? { state: 'Held' } : { state: 'Written', object: written.object };
  } catch (error) {
    return { state: 'Failed', error };
  }
}

/** Applies an object; its whole spec, where its kind says so. Without an object that was read just now, it is written in any case. */
async function apply(client: KubeClient, { object, traits }: Step, found: Fields = {}): Promise<Applied> {
  const { type, replacesSpec = false } = traits;
  const applied = await applyObject(client, { type, object, manager: fieldManager, live: found });
  if (!replacesSpec || isDeepStrictEqual(applied.object.spec, object.spec)) return applied;
  const { name, namespace } = object.metadata;
  // Somebody else wrote fields that we never declared, which an apply does not change.
  const outcome = await patchGuarded(client, {
    type,
    named: { name, ...(namespace !== undefined && { namespace }) },
    manager: fieldManager,
    steps: (live) =>
      isDeepStrictEqual(live.spec, object.spec) ? [] : [{ op: 'replace', path: '/spec', value: object.spec }],
  });
  return { ...applied, outcome };
}

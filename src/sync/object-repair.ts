import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Repair } from '../kube/index.js';
import { type Additions, desiredObject } from './desired-object.js';
import { groupKindIn, type KubeObject, type LiveObject, objectKey } from './sync-object.js';
import { type KindTraits } from './traits.js';

interface Around extends Additions {
  readonly traits: KindTraits;
  /** The objects of the time before, by key. */
  readonly last: ReadonlyMap<string, KubeObject> | undefined;
  readonly live?: Pick<LiveObject, 'uid'> | undefined;
}

/** An object as something that is kept; one that is declared otherwise is another one. */
export function objectRepair(object: KubeObject, { traits, set, last, live }: Around): Repair {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const key = objectKey(object);
  const content = JSON.stringify(desiredObject(object, { traits, set }));
  const named = { name, ...(namespace !== undefined && { namespace }) };
  return {
    // Status and Events of an object that is in no namespace know it by its name.
    owner: namespace === undefined ? name : key,
    kind: groupKindIn(key).split('.')[0] ?? kind,
    what: 'this object, as its document in the state repository has it,',
    content: createHash('sha256').update(content).digest('hex'),
    wasInPlace: isDeepStrictEqual(last?.get(key), object),
    target: { type: traits.type, named },
    regarding: { apiVersion, kind, ...named, ...(live !== undefined && { uid: live.uid }) },
  };
}

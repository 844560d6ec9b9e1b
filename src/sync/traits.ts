import { type Fields } from '../json/index.js';
import { type ResourceType } from '../kube/index.js';
import { type KubeObject, type LiveObject } from './sync-object.js';

/** Whether an object has reached what its spec says. */
export type Readiness = 'Current' | 'InProgress' | 'Failed';

/** What is different about the objects of one kind. */
export interface KindTraits {
  readonly type: ResourceType;
  /** Whether its objects are in namespaces. @default true */
  readonly namespaced?: boolean;
  /** Is on every object, so that none goes before whoever keeps it has let it go. @default - none */
  readonly finalizer?: string;
  /** The spec is replaced as a whole: what others add to it is taken out. @default false */
  readonly replacesSpec?: boolean;
  /**
   * What of a change may be made where nothing may be removed; undefined leaves the object as it is.
   *
   * @default - all of it, since only a kind knows what in its objects is a removal
   */
  readonly grow?: (live: LiveObject, desired: KubeObject) => KubeObject | undefined;
  /** Whether a member of another set is taken over. @default - it is somebody else's */
  readonly takesOver?: (live: LiveObject) => boolean;
  /** Whether those that need its new state can go on. @default - as kstatus computes it */
  readonly readiness?: (object: Fields) => Readiness;
}

/** The kinds of objects that a sync knows, by group and kind. */
export type Kinds = ReadonlyMap<string, KindTraits>;

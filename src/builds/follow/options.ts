import { type QuayIntegration } from '../../api/index.js';
import { type Backoff, type Clock } from '../../clock/index.js';
import { type EventInput, type KubeClient, type ReflectorOptions } from '../../kube/index.js';
import { type AwaitingBuild, type Hopeless, type Outlook } from '../outlook.js';
import { type Memory } from './memory.js';

/** What a namespace that is connected to Quay is connected to. */
export interface FollowedNamespace {
  readonly integration: QuayIntegration;
  /** Its organization in Quay. */
  readonly organization: string;
  /** When its `QuayOrganization` was created: Builds from before are none of ours. Without it none is reported. */
  readonly since?: string;
  /** Whether an integration selects the namespace now. Default: one does. */
  readonly selected?: () => boolean;
  /** Whether the robot of a service account may push. Default: it may. */
  readonly mayPush?: (serviceAccount: string) => boolean;
  /** Whether a build into an image stream goes to Quay. Default: it does. */
  readonly takes?: (stream: string) => boolean;
}

/** What became of a tag after a build. */
export interface ImportResult {
  readonly namespace: string;
  /** `stream:tag` */
  readonly tag: string;
  readonly build: string;
  /** `UpToDate`: the tag had the image already. */
  readonly result: 'Imported' | 'UpToDate' | 'Failed' | 'ImageStreamGone' | 'ImageDestinationChanged';
  /** Why, when it failed: `Unauthorized`, `NotFound`, `Certificate`, the code of an error. */
  readonly reason?: string;
}

/** A Build that were not rewritten. */
export interface UnrewrittenBuild {
  readonly namespace: string;
  readonly build: string;
  /** Absent where the namespace is no longer connected. */
  readonly integration?: string;
  /** The webhook's own word; `NotRewritten`: it was not asked. */
  readonly reason: string;
}

/** A Build that was pointed at Quay, and has waited for its push secret for too long. */
export interface WaitingBuild {
  readonly namespace: string;
  readonly build: string;
  readonly pushSecret: string;
  readonly integration?: string;
  readonly why: string;
}

/** A Build that was cancelled, since its push secret would never have come. */
export interface CancelledBuild {
  readonly namespace: string;
  readonly build: string;
  readonly reason: Hopeless;
}

/** The log of the follower. */
export interface FollowerLog {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
}

export interface BuildFollowerOptions {
  readonly client: KubeClient;
  /** Undefined while no integration has the namespace, its organization is unknown, or it is being deleted. */
  readonly integrationOf: (namespace: string) => FollowedNamespace | undefined;
  /** Nothing is imported and no Build marked while it is. Default: what the integration says. */
  readonly isSuspended?: (integration: QuayIntegration) => boolean;
  /** Writes an Event. */
  readonly recordEvent: (recordEvent: EventInput) => void;
  readonly onImport?: (result: ImportResult) => void;
  readonly onUnrewritten?: (build: UnrewrittenBuild) => void;
  /** Whether the push secret of a Build will come. Default: nobody can tell. */
  readonly outlookOf?: (build: AwaitingBuild) => Outlook;
  /** Called with all that wait for too long, whenever one is added or taken away. */
  readonly onWaiting?: (builds: readonly WaitingBuild[]) => void;
  readonly onCancelled?: (build: CancelledBuild) => void;
  /** When the repositories of a namespace got their newest tags. Default: nobody knows, and nothing is told of lost images. */
  readonly lastPushes?: (followed: FollowedNamespace) => Promise<ReadonlyMap<string, number>>;
  /** Milliseconds after the start when it is looked for images that were lost before. Default: two minutes. */
  readonly lostAfter?: number;
  /** Milliseconds that a Build may wait for its push secret before anything is said. Default: two minutes. */
  readonly secretPatience?: number;
  readonly log: FollowerLog;
  /** Between two tries of an import that failed. Default: 5 s, doubled up to 15 minutes. */
  readonly backoff?: Backoff;
  /** Imports at a time. Default 4. */
  readonly concurrency?: number;
  /** Seconds between two looks whether there is a Build API. Default as for every API. */
  readonly apiSeconds?: { readonly upToDate: number; readonly unknown: number };
  readonly watch?: Pick<ReflectorOptions, 'onRestart' | 'onFault' | 'idleMilliseconds'>;
  readonly clock?: Clock;
}

/** What the work on one Build or tag needs. */
export interface FollowContext extends Pick<
  Required<BuildFollowerOptions>,
  | 'integrationOf'
  | 'isSuspended'
  | 'recordEvent'
  | 'onImport'
  | 'onUnrewritten'
  | 'outlookOf'
  | 'onWaiting'
  | 'onCancelled'
  | 'secretPatience'
  | 'lastPushes'
  | 'log'
> {
  readonly client: Pick<KubeClient, 'call'>;
  /** Aborts when the follower stops, and its calls with it. */
  readonly signal: AbortSignal;
  /** Builds whose image this process has imported, and the digest that came. */
  readonly imported: Memory<{ readonly digest: string | undefined }>;
  /** Builds that have been reported. */
  readonly reported: Memory<true>;
}

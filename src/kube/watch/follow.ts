import { type Unknown } from '../../api/index.js';
import { toError } from '../../errors/index.js';
import { failure } from '../client/answer.js';
import { type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Fields } from '../../json/index.js';
import { selection, unknownBecause } from '../live/list.js';
import { type WatchTarget } from './options.js';
import { type End, endOfAnswer, endOfError } from './outcome.js';
import { readEvent, type WatchEvent } from './watch-event.js';

const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

/** What a list or a watch came to. */
export interface Ended extends End {
  readonly why: Unknown;
}

export interface FollowOptions {
  readonly resourceVersion: string;
  readonly serverSeconds: number;
  readonly idleMilliseconds: number;
  readonly signal: AbortSignal;
  /** The server has agreed to watch. */
  readonly onOpen: () => void;
  readonly onEvent: (event: Exclude<WatchEvent, { kind: 'Error' }>) => void;
}

/** Watches from a moment on until that comes to an end; never rejects. */
export async function followWatch(client: KubeClient, request: WatchTarget, options: FollowOptions): Promise<Ended> {
  const call = watchCall(request, options);
  try {
    const opened = await client.watch(call, options.idleMilliseconds);
    if (opened.events === undefined) {
      return { ...endOfAnswer(opened.answer), why: unknownBecause(failure(call, opened.answer)) };
    }
    options.onOpen();
    return await readAll(call, opened.events, options);
  } catch (error) {
    return ended(error);
  }
}

/** The end that an error means. */
export function ended(error: unknown): Ended {
  return { ...endOfError(error), why: unknownBecause(toError(error)) };
}

async function readAll(call: Call, lines: AsyncIterable<Fields>, { onEvent }: FollowOptions): Promise<Ended> {
  for await (const line of lines) {
    const event = readEvent(line);
    if (event.kind === 'Error') return { ...endOfAnswer(event), why: unknownBecause(failure(call, event)) };
    onEvent(event);
  }
  return { reason: 'ended', why: { reason: 'the server ended the watch' } };
}

function watchCall(request: WatchTarget, { resourceVersion, serverSeconds, signal }: FollowOptions): Call {
  const query = selection(request);
  query.set('watch', 'true');
  query.set('allowWatchBookmarks', 'true');
  query.set('resourceVersion', resourceVersion);
  query.set('timeoutSeconds', String(serverSeconds));
  return {
    verb: 'watch',
    resource: request.resource,
    path: `${request.path}?${query.toString()}`,
    signal,
    ...(request.light === true && { accept: metadataOnly }),
  };
}

import { listAll, listPath, resourceName, resourceTypes } from '../../kube/index.js';
import { quayAddress } from '../../names/index.js';
import { type BuildRecord } from '../import-record.js';
import { isLost, type StreamRecord, streamRecord } from '../lost-image.js';
import { lostImageEvent } from './events.js';
import { type FollowContext } from './options.js';

type Context = Pick<
  FollowContext,
  'client' | 'integrationOf' | 'isSuspended' | 'lastPushes' | 'recordEvent' | 'signal'
>;

/**
 * Tells of images that were pushed while nobody followed the Builds, and whose Builds are gone: only Quay and the image stream
 * still speak of them. It is asked once, with one call to Quay for each namespace that has image streams.
 */
export async function tellLostImages(context: Context, builds: readonly BuildRecord[]): Promise<void> {
  const listed = await listAll(context.client.call, {
    resource: resourceName(resourceTypes.imageStream),
    path: listPath(resourceTypes.imageStream),
    keep: streamRecord,
    signal: context.signal,
  });
  if (!('items' in listed)) return;
  const byNamespace = new Map<string, StreamRecord[]>();
  for (const stream of listed.items) {
    const others = byNamespace.get(stream.namespace);
    if (others === undefined) byNamespace.set(stream.namespace, [stream]);
    else others.push(stream);
  }
  for (const [namespace, streams] of byNamespace) {
    if (context.signal.aborted) return;
    await tellIn(context, namespace, { streams, builds });
  }
}

async function tellIn(
  context: Context,
  namespace: string,
  { streams, builds }: { readonly streams: readonly StreamRecord[]; readonly builds: readonly BuildRecord[] },
): Promise<void> {
  const followed = context.integrationOf(namespace);
  if (followed === undefined || context.isSuspended(followed.integration)) return;
  // Whatever keeps Quay from answering is told elsewhere.
  const pushes = await context.lastPushes(followed).catch(() => undefined);
  if (pushes === undefined) return;
  const { host } = quayAddress(followed.integration.spec.quayHostname);
  const place = `${host}/${followed.organization}/`;
  for (const stream of streams) {
    const pushed = pushes.get(stream.name);
    if (pushed === undefined || !isLost(stream, { place, pushed }, builds)) continue;
    context.recordEvent(lostImageEvent(stream, `${place}${stream.name}`, new Date(pushed)));
  }
}

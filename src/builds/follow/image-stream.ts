import { type StreamFacts } from '../import-decision.js';
import { type ImageStreamTag } from '../image-stream-tag.js';
import { type KubeClient, readObject, resourceTypes } from '../../kube/index.js';
import { isRaw, rawOf } from '../raw.js';

/** The image stream that a tag is of. */
export interface LiveStream extends StreamFacts {
  readonly resourceVersion: string;
}

/** Reads the stream and the digest that the tag has now; undefined when the API server itself says that it is gone. */
export async function readStream(
  client: Pick<KubeClient, 'call'>,
  namespace: string,
  { stream, tag }: ImageStreamTag,
): Promise<LiveStream | undefined> {
  const live = await readObject(client, resourceTypes.imageStream, { namespace, name: stream });
  const { resourceVersion, deletionTimestamp } = rawOf(live?.metadata);
  if (live === undefined || deletionTimestamp !== undefined) return undefined;
  const [newest] = listOf(listOf(rawOf(live.status).tags).find((one) => one.tag === tag)?.items);
  const current = newest?.image;
  return { resourceVersion: String(resourceVersion), current: typeof current === 'string' ? current : undefined };
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

import { type StreamFacts } from '../import-decision.js';
import { type ImageStreamTag } from '../image-stream-tag.js';
import { type KubeClient, readObject, resourceTypes } from '../../kube/index.js';
import { type Fields, objectOrEmpty, objectsIn } from '../../json/index.js';

/** The image stream that a tag is of. */
export interface LiveStream extends StreamFacts {
  readonly resourceVersion: string;
  /** How the tag says that it is imported; empty where it does not. */
  readonly importPolicy: Fields;
}

/** Reads the stream and the digest that the tag has now; undefined when the API server itself says that it is gone. */
export async function readStream(
  client: Pick<KubeClient, 'call'>,
  namespace: string,
  { stream, tag }: ImageStreamTag,
): Promise<LiveStream | undefined> {
  const live = await readObject(client, resourceTypes.imageStream, { namespace, name: stream });
  const { resourceVersion, deletionTimestamp } = objectOrEmpty(live?.metadata);
  if (live === undefined || deletionTimestamp !== undefined) return undefined;
  const [newest] = objectsIn(objectsIn(objectOrEmpty(live.status).tags).find((one) => one.tag === tag)?.items);
  const current = newest?.image;
  const { importPolicy } = objectsIn(objectOrEmpty(live.spec).tags).find(({ name }) => name === tag) ?? {};
  return {
    resourceVersion: String(resourceVersion),
    current: typeof current === 'string' ? current : undefined,
    importPolicy: objectOrEmpty(importPolicy),
  };
}

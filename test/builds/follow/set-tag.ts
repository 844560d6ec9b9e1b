import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { objectPath, resourceTypes } from '../../../src/kube/resource-type.js';

/** Points a tag of an image stream at an image, as an import does, or somebody with `oc tag`. */
export async function setTag(client: KubeClient, namespace: string, streamTag: string, digest: string): Promise<void> {
  const [name = '', tag] = streamTag.split(':');
  const item = {
    created: '2026-01-01T00:00:00Z',
    dockerImageReference: `x@${digest}`,
    image: digest,
    generation: 1,
  };
  const answer = await client.call({
    verb: 'patch',
    resource: 'imagestreams.image.openshift.io/status',
    path: objectPath(resourceTypes.imageStream, { namespace, name }, 'status'),
    body: { status: { tags: [{ tag, items: [item] }] } },
    contentType: 'application/merge-patch+json',
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

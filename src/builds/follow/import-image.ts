import { toError } from '../../errors/index.js';
import { type Call, failure, type KubeClient, listPath, resourceName, saysGone, succeeded } from '../../kube/index.js';
import { type ImageStreamTag } from '../image-stream-tag.js';
import { importOutcome, type ImportOutcome } from './import-outcome.js';

/** Which image goes into which tag, and how. */
export interface ImportRequest {
  readonly namespace: string;
  readonly destination: ImageStreamTag;
  /** That of the image stream as it was seen: one that was changed since, or made again, has to be looked at first. */
  readonly resourceVersion: string;
  readonly image: string;
  readonly insecure: boolean;
  readonly scheduled: boolean;
  /** What the tag says itself: it is kept, and may ask for more. */
  readonly own: Readonly<Record<string, unknown>>;
}

const imageStreamImport = {
  apiVersion: 'image.openshift.io/v1',
  kind: 'ImageStreamImport',
  plural: 'imagestreamimports',
} as const;

/** The API server fetches the manifest from the registry before it answers. */
const patience = 90_000;

/** Has OpenShift import the image into the tag, and gives what became of it. An error is an answer of the API server that is none. */
export async function importImage(client: Pick<KubeClient, 'call'>, request: ImportRequest): Promise<ImportOutcome> {
  const call = importCall(request);
  const answer = await client.call(call);
  if (succeeded(answer)) return importOutcome(answer.body);
  const error = failure(call, answer);
  if (error.code === 'NamespaceGone') return { result: 'NamespaceGone' };
  if (answer.status === 409) return { result: 'ImageStreamChanged' };
  if (saysGone(answer)) return { result: 'ImageStreamGone' };
  throw toError(error);
}

function importCall({ namespace, destination, resourceVersion, image, own, ...request }: ImportRequest): Call {
  const { apiVersion, kind } = imageStreamImport;
  const asked = (what: 'insecure' | 'scheduled'): boolean => request[what] || own[what] === true;
  const one = {
    from: { kind: 'DockerImage', name: image },
    to: { name: destination.tag },
    // An import overwrites the policy of its tag: what somebody wrote there has to be said again.
    importPolicy: { ...own, insecure: asked('insecure'), scheduled: asked('scheduled') },
    referencePolicy: { type: 'Source' },
  };
  return {
    verb: 'create',
    resource: resourceName(imageStreamImport),
    path: listPath(imageStreamImport, namespace),
    // OpenShift makes a stream that is not there, whatever UID it is asked for; with a version it does not.
    body: {
      apiVersion,
      kind,
      metadata: { namespace, name: destination.stream, resourceVersion },
      spec: { import: true, images: [one] },
      status: {},
    },
    milliseconds: patience,
  };
}

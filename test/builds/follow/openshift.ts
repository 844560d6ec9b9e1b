import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Fields, recordOf, textOf } from '../../../src/kube/fields.js';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { objectPath, resourceTypes } from '../../../src/kube/resource-type.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../control-plane/eventually.js';
import { makeServerCertificates } from '../../control-plane/start/certificates.js';

/** An import that was asked for. */
export interface AskedImport {
  readonly stream: string;
  readonly tag: string;
  readonly from: string;
  readonly uid: string;
  readonly spec: Fields;
}

/** The part of OpenShift's API server that imports images, for one namespace. */
export interface Importer {
  readonly asked: AskedImport[];
  /** Every import from now on ends like this; the digest is what the registry has. */
  readonly answer: (status: Fields | { readonly digest: string }) => void;
  readonly stop: () => Promise<void>;
}

/** What OpenShift writes for an image that cannot be imported. */
export const failures = {
  unauthorized: {
    status: 'Failure',
    reason: 'Unauthorized',
    code: 401,
    message: 'you may not have access to the container image "quay.example.test/x"',
  },
  notFound: { status: 'Failure', reason: 'NotFound', code: 404, message: 'dockerimage "latest" not found' },
  certificate: {
    status: 'Failure',
    reason: 'InternalError',
    code: 500,
    message:
      'Internal error occurred: Get "https://quay.example.test/v2/": x509: certificate signed by unknown authority',
  },
} as const;

/** Fills in the status of every import in a namespace when it is created, as a mutating webhook, and moves the tag. */
export async function startImporter(
  controlPlane: SharedControlPlane,
  client: KubeClient,
  namespace: string,
): Promise<Importer> {
  const { ca, certificate, key } = await makeServerCertificates();
  const asked: AskedImport[] = [];
  let outcome: Fields | { readonly digest: string } = failures.notFound;

  const review = async (object: Fields): Promise<readonly Fields[]> => {
    const [image] = recordOf(object.spec).images as readonly Fields[];
    const { name, uid } = recordOf(object.metadata);
    const one = {
      stream: textOf(name) ?? '',
      tag: textOf(recordOf(image?.to).name) ?? '',
      from: textOf(recordOf(image?.from).name) ?? '',
      uid: textOf(uid) ?? '',
      spec: recordOf(object.spec),
    };
    asked.push(one);
    const { digest } = outcome as { readonly digest?: string };
    if (digest !== undefined) await setTag(client, namespace, `${one.stream}:${one.tag}`, digest);
    const status =
      digest === undefined
        ? { status: outcome, tag: one.tag }
        : { status: { status: 'Success' }, image: { metadata: { name: digest } }, tag: one.tag };
    return [
      { op: 'add', path: '/status', value: { import: {}, images: [status] } },
      // There, imports are not kept; here, one more of the same name would be refused.
      { op: 'replace', path: '/metadata/name', value: `${one.stream}-${randomUUID()}` },
    ];
  };
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void (async () => {
      const { request: asking, ...rest } = JSON.parse(await text(request)) as { request: Fields };
      const patch = Buffer.from(JSON.stringify(await review(recordOf(asking.object)))).toString('base64');
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ ...rest, response: { uid: asking.uid, allowed: true, patchType: 'JSONPatch', patch } }),
      );
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  const configuration = `importer-${randomBytes(4).toString('hex')}`;
  const webhook = {
    name: 'importer.example.test',
    admissionReviewVersions: ['v1'],
    sideEffects: 'NoneOnDryRun',
    failurePolicy: 'Fail',
    clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: Buffer.from(ca).toString('base64') },
    rules: [
      {
        operations: ['CREATE'],
        apiGroups: ['image.openshift.io'],
        apiVersions: ['v1'],
        resources: ['imagestreamimports'],
      },
    ],
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  };
  const kind = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' };
  const input = JSON.stringify({ ...kind, metadata: { name: configuration }, webhooks: [webhook] });
  await controlPlane.kubectl(['create', '-f', '-'], { input });
  // The API server hears of a configuration a moment later.
  const image = { from: { kind: 'DockerImage', name: 'probe' }, to: { name: 'probe' } };
  await eventually(async () => {
    await client.call({
      verb: 'create',
      resource: 'imagestreamimports.image.openshift.io',
      path: `/apis/image.openshift.io/v1/namespaces/${namespace}/imagestreamimports?dryRun=All`,
      body: {
        apiVersion: 'image.openshift.io/v1',
        kind: 'ImageStreamImport',
        metadata: { name: 'probe' },
        spec: { import: true, images: [image] },
        status: {},
      },
    });
    if (asked.length === 0) throw new Error('the API server does not ask the importer yet');
  });
  asked.length = 0;
  return {
    asked,
    answer: (next) => void (outcome = next),
    stop: async () => {
      await controlPlane.kubectl(['delete', 'mutatingwebhookconfiguration', configuration]);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

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

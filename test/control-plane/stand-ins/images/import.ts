import { isDeepStrictEqual } from 'node:util';
import type { Reply } from '../../proxy/serve.js';
import type { Answer, Api, Fields } from '../front/api.js';
import { refusal } from '../front/status.js';
import { fetched, type Failure, type Found, type Outcome, type Times } from './registry.js';
import { type AskedImage, type Stream, withFailure, withImage } from './stream.js';

export interface ImportRequest {
  readonly namespace: string;
  readonly body: Fields;
  readonly dryRun: boolean;
}

export interface Importing {
  readonly caller: Api;
  /** The server itself, which writes the stream. */
  readonly server: Api;
  readonly outcome: (from: string) => Outcome;
  /** Ends before the registry answers. */
  readonly meanwhile: () => Promise<unknown>;
  readonly times: Times;
}

interface Asked {
  readonly metadata: { readonly name: string; readonly uid?: string; readonly resourceVersion?: string };
  readonly spec: { readonly import: boolean; readonly images?: readonly AskedImage[] };
}

const images = '/apis/image.openshift.io/v1/namespaces';

/**
 * An ImageStreamImport: the registry is asked, the stream written, the answer given, and nothing kept. The UID of the stream
 * does not matter, its resource version does.
 */
export async function importImages(importing: Importing, { namespace, body, dryRun }: ImportRequest): Promise<Reply> {
  const { caller, server } = importing;
  const { metadata, spec } = body as unknown as Asked;
  const { resourceVersion, uid: _, ...own } = metadata;
  // Who may ask, what is well-formed and what admission says is the real API server's to decide, and to write down.
  const path = `${images}/${namespace}/imagestreamimports?dryRun=All`;
  const taken = await caller.call('POST', path, { ...body, metadata: own });
  if (taken.status !== 201) return taken;
  const asked = (taken.body.spec as Asked['spec']).images ?? [];
  const outcomes = asked.map(({ from }) => importing.outcome(from.name));
  if (outcomes.includes('notAllowed')) return notAllowed(metadata.name, asked);
  const found = await server.call('GET', `${images}/${namespace}/imagestreams/${metadata.name}`);
  const conflict = stale(found, metadata.name, resourceVersion);
  if (conflict !== undefined) return conflict;
  const before = (found.status === 404 ? fresh(namespace, metadata.name) : found.body) as unknown as Stream;
  if (outcomes.includes('limit')) return overLimit(metadata.name);
  await importing.meanwhile();
  const results = await Promise.all(
    asked.map(({ from }, at) => fetched(outcomes[at] as Outcome, from.name, importing.times)),
  );
  const status = asked.map(({ to }, at) => imageStatus(results[at], to?.name));
  const answer = { ...taken.body, status: { images: status } };
  if (!spec.import || dryRun) return { status: 201, body: answer };
  const stream = asked.reduce((now, image, at) => after(now, image, results[at]), before);
  const written = await write(server, before, stream);
  if (written.status >= 300) return written;
  return { status: 201, body: { ...answer, status: { import: written.body, images: status } } };
}

function stale(found: Answer, name: string, asked: string | undefined): Reply | undefined {
  const given = asked !== undefined && asked !== '';
  if (found.status === 404) {
    return given ? refusal('NotFound', `imagestreams.image.openshift.io "${name}" not found`) : undefined;
  }
  if (found.status !== 200) return found;
  const { resourceVersion } = found.body.metadata as { resourceVersion: string };
  if (!given || asked === resourceVersion) return undefined;
  return refusal(
    'Conflict',
    `Operation cannot be fulfilled on imagestream.image.openshift.io "${name}": the image stream was updated from "${asked}" to "${resourceVersion}"`,
  );
}

function notAllowed(name: string, asked: readonly AskedImage[]): Reply {
  const faults = asked.map(
    ({ from }, at) =>
      `spec.images[${at}].from.name: Forbidden: registry "${from.name.split('/')[0]}" not allowed by whitelist: "registry.example.test:443"`,
  );
  return refusal('Invalid', `ImageStreamImport.image.openshift.io "${name}" is invalid: ${faults.join(', ')}`);
}

function overLimit(name: string): Reply {
  return refusal(
    'Invalid',
    `ImageStream.image.openshift.io "${name}" is invalid: requested usage of openshift.io/image-tags exceeds the maximum limit per openshift.io/ImageStream (3 > 2)`,
  );
}

function fresh(namespace: string, name: string): object {
  return { apiVersion: 'image.openshift.io/v1', kind: 'ImageStream', metadata: { namespace, name } };
}

const second = (): string => new Date().toISOString().replace(/\.\d+/, '');

function after(stream: Stream, image: AskedImage, result: Found | Failure | undefined): Stream {
  if (result === undefined || image.to === undefined) return stream;
  if (!('digest' in result)) return withFailure(stream, image, result, second());
  return withImage(stream, image, digestFor(result, image), second());
}

/** Of an image for several platforms a tag gets the list only where it is to be preserved. */
function digestFor({ digest, ofList }: Found, { importPolicy }: AskedImage): string {
  return ofList === undefined || importPolicy?.importMode === 'PreserveOriginal' ? digest : ofList.amd64;
}

function imageStatus(result: Found | Failure | undefined, tag: string | undefined): object {
  if (result === undefined || !('digest' in result)) return { status: result, tag };
  return { status: { status: 'Success' }, image: { metadata: { name: result.digest } }, tag };
}

/** Writes the stream as one: what somebody else wrote since it was read is a conflict. */
async function write(server: Api, before: Stream, stream: Stream): Promise<Answer> {
  const { namespace, name, annotations } = stream.metadata as { namespace: string; name: string; annotations?: object };
  const list = `${images}/${namespace}/imagestreams`;
  const checked = { ...annotations, 'openshift.io/image.dockerRepositoryCheck': second() };
  const body = { ...stream, metadata: { ...stream.metadata, annotations: checked } };
  const isNew = before.metadata.resourceVersion === undefined;
  if (!isNew && isDeepStrictEqual(before, stream)) return { status: 200, body: stream as unknown as Fields };
  const written = await (isNew ? server.call('POST', list, body) : server.call('PUT', `${list}/${name}`, body));
  if (written.status >= 300) return written;
  return server.call('PUT', `${list}/${name}/status`, { ...written.body, status: stream.status });
}

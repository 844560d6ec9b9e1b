import { type Answer, type Call } from '../../../src/kube/client/call.js';
import { type Fields, objectOrEmpty } from '../../../src/json/index.js';

export interface LeaseServer {
  readonly call: (call: Call) => Promise<Answer>;
  readonly writes: () => number;
  readonly spec: () => Fields;
  /** What comes before an answer: a delay, or an error in its place. */
  hinder: (call: Call) => Promise<void> | void;
}

/** A server of one Lease that refuses whoever writes from an older state. */
export function leaseServer(): LeaseServer {
  let object: Fields | undefined;
  let version = 0;
  const gone: Answer = { status: 404, body: { kind: 'Status', reason: 'NotFound' } };
  const answer = ({ verb, body }: Call): Answer => {
    if (verb === 'get') return object === undefined ? gone : { status: 200, body: object };
    const { metadata, spec } = objectOrEmpty(body);
    const known = objectOrEmpty(metadata).resourceVersion;
    if (verb === 'create' ? object !== undefined : known !== String(version)) return { status: 409, body: {} };
    version += 1;
    object = { metadata: { ...objectOrEmpty(metadata), resourceVersion: String(version) }, spec };
    return { status: verb === 'create' ? 201 : 200, body: object };
  };
  const server: LeaseServer = {
    hinder: () => undefined,
    call: async (call) => {
      await server.hinder(call);
      return answer(call);
    },
    writes: () => version,
    spec: () => objectOrEmpty(object?.spec),
  };
  return server;
}

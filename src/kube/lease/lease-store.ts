import { failure, saysGone, succeeded } from '../client/answer.js';
import { type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Fields, objectOrEmpty } from '../../json/index.js';
import { listPath, objectPath, resourceTypes } from '../resource-type.js';
import { leaseRecord, type LeaseRecord } from './lease-record.js';

/** A Lease as it was read, to be written back in the same state only. */
export interface FoundLease {
  readonly record: LeaseRecord;
  readonly object: Fields;
}

/** The Lease in the API. */
export interface LeaseStore {
  /** Undefined when there is none. */
  readonly read: (milliseconds: number) => Promise<FoundLease | undefined>;
  /** Makes it, or replaces the one that was found; undefined when somebody else was faster. */
  readonly write: (
    found: FoundLease | undefined,
    spec: Fields,
    milliseconds: number,
  ) => Promise<LeaseRecord | undefined>;
}

const type = resourceTypes.lease;

/** The Lease of this name. */
export function leaseStore(
  client: Pick<KubeClient, 'call'>,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): LeaseStore {
  const resource = 'leases.coordination.k8s.io';
  const path = objectPath(type, { namespace, name });
  return {
    read: async (milliseconds) => {
      const call: Call = { verb: 'get', resource, path, milliseconds };
      const answer = await client.call(call);
      if (answer.status === 200) return { record: leaseRecord(answer.body), object: answer.body };
      if (saysGone(answer)) return undefined;
      throw failure(call, answer);
    },
    write: async (found, spec, milliseconds) => {
      const { apiVersion, kind } = type;
      const call: Call =
        found === undefined
          ? {
              verb: 'create',
              resource,
              path: listPath(type, namespace),
              body: { apiVersion, kind, metadata: { namespace, name }, spec },
              milliseconds,
            }
          : {
              verb: 'update',
              resource,
              path,
              // With the resourceVersion that was read: whoever is second is refused.
              body: { ...found.object, spec: { ...objectOrEmpty(found.object.spec), ...spec } },
              milliseconds,
            };
      const answer = await client.call(call);
      if (succeeded(answer)) return leaseRecord(answer.body);
      if (answer.status === 409 || (found !== undefined && saysGone(answer))) return undefined;
      throw failure(call, answer);
    },
  };
}

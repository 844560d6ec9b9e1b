import { type Unknown } from '../../api/index.js';
import { isRecord } from '../../json/index.js';
import { failure, saysGone } from '../client/answer.js';
import { type ApiServer } from '../client/call.js';
import { unknownBecause } from './list.js';

/** Whether the cluster has a resource: absent for certain, or unknown. */
export type ResourceState =
  { readonly state: 'Present' } | { readonly state: 'Absent' } | ({ readonly state: 'Unknown' } & Unknown);

/** A resource of a group of the API. */
export interface ApiResource {
  readonly group: string;
  /** Default `v1`. */
  readonly version?: string;
  readonly resource: string;
}

/**
 * Asks for a resource of a group. It is absent only when nothing is registered that could serve it: an API whose server is
 * down, or whose definition is not in force yet, looks the same to who does not ask further.
 */
export async function resourceState(
  api: ApiServer,
  { group, version = 'v1', resource }: ApiResource,
): Promise<ResourceState> {
  const path = `/apis/${group}/${version}`;
  const call = { verb: 'get', resource: path, path } as const;
  const answer = await api(call);
  if (answer.status === 200 && Array.isArray(answer.body.resources)) {
    const found = answer.body.resources.some((one) => isRecord(one) && one.name === resource);
    return { state: found ? 'Present' : 'Absent' };
  }
  if (answer.status !== 404) return { state: 'Unknown', ...unknownBecause(failure(call, answer)) };
  const registrations = [
    ['apiservices.apiregistration.k8s.io', `/apis/apiregistration.k8s.io/v1/apiservices/${version}.${group}`],
    [
      'customresourcedefinitions.apiextensions.k8s.io',
      `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${resource}.${group}`,
    ],
  ] as const;
  for (const [kind, at] of registrations) {
    const registration = { verb: 'get', resource: kind, path: at } as const;
    const found = await api(registration);
    if (found.status === 200) return { state: 'Unknown', reason: `${resource}.${group} is registered, but not served` };
    if (!saysGone(found)) return { state: 'Unknown', ...unknownBecause(failure(registration, found)) };
  }
  return { state: 'Absent' };
}

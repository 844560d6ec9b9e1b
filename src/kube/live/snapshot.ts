import { type ClusterSnapshot, type ImageStreamRecord, type Listing } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import { type Wanted } from '../cluster.js';
import { imageStreamRecord, namespaceRecord, serviceAccountRecord } from '../records.js';
import { resourceState, type ResourceState } from './api-group.js';
import { type ApiServer } from '../client/call.js';
import { listing } from './list.js';

const imageGroup = 'image.openshift.io';

const accounts = {
  resource: 'serviceaccounts',
  path: '/api/v1/serviceaccounts',
  light: true,
  keep: serviceAccountRecord,
};

/** Reads what the pure stages need to know of a live cluster. */
export async function liveSnapshot(api: ApiServer, uid?: string, wants: Wanted = {}): Promise<ClusterSnapshot> {
  const [namespaces, images, builds] = await Promise.all([
    listing(api, { resource: 'namespaces', path: '/api/v1/namespaces', light: true, keep: namespaceRecord }),
    resourceState(api, { group: imageGroup, resource: 'imagestreams' }),
    resourceState(api, { group: 'build.openshift.io', resource: 'builds' }),
  ]);
  const found = namespaces.known ? namespaces.items.find(({ name }) => name === 'kube-system')?.uid : undefined;
  if (uid !== undefined && found !== undefined && uid !== found) {
    throw new TerminalError('ClusterChanged', `the API server is that of the cluster ${found}, not of ${uid}`);
  }
  const identity = found ?? uid;
  return {
    ...(identity !== undefined && { uid: identity }),
    namespaces,
    imageStreams: await imageStreams(api, images),
    ...(wants.serviceAccounts === true && { serviceAccounts: await listing(api, accounts) }),
    hasBuildApis: both(images, builds),
  };
}

async function imageStreams(api: ApiServer, images: ResourceState): Promise<Listing<ImageStreamRecord>> {
  if (images.state === 'Absent') return { known: true, items: [] };
  if (images.state === 'Unknown') {
    const { state: _, ...why } = images;
    return { known: false, ...why };
  }
  const path = `/apis/${imageGroup}/v1/imagestreams`;
  return listing(api, { resource: `imagestreams.${imageGroup}`, path, light: true, keep: imageStreamRecord });
}

function both(...states: readonly ResourceState[]): boolean | undefined {
  if (states.some(({ state }) => state === 'Absent')) return false;
  return states.every(({ state }) => state === 'Present') ? true : undefined;
}

import { Agent } from 'node:https';
import type { SharedControlPlane } from '../control-plane.js';
import { type Answer, type Api, apiAs, merge } from './front/api.js';
import type { OpenShift } from './openshift.js';

/** A person who works through OpenShift's API server. */
export interface Person extends Api {
  readonly create: (
    type: 'imagestreams' | 'builds' | 'buildconfigs' | 'imagestreamimports',
    object: object,
  ) => Promise<Answer>;
  readonly get: <T>(type: string, name: string) => Promise<T>;
  readonly merge: (type: string, name: string, change: object) => Promise<Answer>;
}

/** The administrator, or whoever has this token, in one namespace. */
export function person(
  controlPlane: SharedControlPlane,
  { url }: Pick<OpenShift, 'url'>,
  namespace: string,
  token = controlPlane.token,
): Person {
  const agent = new Agent({ ca: controlPlane.ca, keepAlive: true });
  const api = apiAs({ url, agent }, { authorization: `Bearer ${token}`, 'user-agent': 'person' });
  const path = (type: string, name?: string): string => {
    const group = type.startsWith('image') ? 'image' : 'build';
    const list = `/apis/${group}.openshift.io/v1/namespaces/${namespace}/${type}`;
    return name === undefined ? list : `${list}/${name}`;
  };
  return {
    ...api,
    create: (type, object) => api.call('POST', path(type), { ...headOf(type), ...object }),
    get: async <T>(type: string, name: string) => {
      const { status, body } = await api.call('GET', path(type, name));
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body as T;
    },
    merge: (type, name, change) => api.call('PATCH', path(type, name), change, merge),
  };
}

function headOf(type: string): object {
  const kinds = {
    imagestreams: 'ImageStream',
    builds: 'Build',
    buildconfigs: 'BuildConfig',
    imagestreamimports: 'ImageStreamImport',
  };
  const group = type.startsWith('image') ? 'image' : 'build';
  return { apiVersion: `${group}.openshift.io/v1`, kind: kinds[type as keyof typeof kinds] };
}

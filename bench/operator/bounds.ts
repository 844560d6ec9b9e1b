import { request } from 'undici';
import { median } from '../result.js';
import type { Request, Requests } from './requests.js';
import type { Fixture } from './fixture.js';

/** Milliseconds of a call to Quay that only asks, one after the other on one connection. */
export async function bareCall({ quay: { url, token } }: Fixture): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < 200; call += 1) {
    const start = performance.now();
    await (await request(`${url}/api/v1/user/`, { headers: { authorization: `Bearer ${token}` } })).body.text();
    times.push(performance.now() - start);
  }
  return median(times);
}

const parallel = 8;
const rounds = 150;
const namespace = 'default';
const organizations = '/apis/quayside.dev/v1alpha1/quayorganizations';
const apply = { type: 'application/apply-patch+yaml' };

/**
 * How many writes a second the API server takes from a plain loop of 8 parallel PATCHes. They are of the kinds that an
 * organization needs: its object and two states of its status applied, three Secrets applied, three service accounts patched.
 */
export async function writesPerSecond(requests: Requests): Promise<number> {
  const names = Array.from({ length: rounds }, (_, at) => `rate-${at}`);
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const create = (name: string): Request => ({
    method: 'POST',
    path: accounts,
    body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } },
  });
  await requests.sendAll(names.map(create), parallel);
  const begun = performance.now();
  const all = names.map((name) => writesOf(name));
  await Promise.all(
    Array.from({ length: parallel }, async (_, comparator) => {
      for (let at = comparator; at < all.length; at += parallel)
        for (const one of all[at] ?? []) await requests.send(one);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await requests.sendAll(
    names.flatMap((name) => [
      { method: 'DELETE', path: `${organizations}/${name}` },
      { method: 'DELETE', path: `${accounts}/${name}` },
      ...[1, 2, 3].map((at): Request => ({ method: 'DELETE', path: secretPath(name, at) })),
    ]),
    parallel,
  );
  return all.flat().length / seconds;
}

function secretPath(name: string, at: number): string {
  return `/api/v1/namespaces/${namespace}/secrets/${name}-${at}`;
}

function writesOf(name: string): readonly Request[] {
  const by = 'fieldManager=bench&force=true';
  const organization = { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganization', metadata: { name } };
  const repositories = Array.from({ length: 10 }, (_, at) => ({ name: `app-${at}`, visibility: 'private' }));
  const robots = [1, 2, 3].map((at) => ({ name: `robot-${at}`, role: 'read' }));
  const spec = { integration: 'nobody', name: name.replace('-', '_'), robots, repositories };
  const auths = { 'quay.example.test': { auth: Buffer.from(`${name}:${'0'.repeat(64)}`).toString('base64') } };
  const status = (at: number): Request => ({
    method: 'PATCH',
    path: `${organizations}/${name}/status?${by}`,
    body: { ...organization, status: { observedGeneration: at, repositories: 10, robots: robots.map(statusOf) } },
    ...apply,
  });
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`;
  return [
    { method: 'PATCH', path: `${organizations}/${name}?${by}`, body: { ...organization, spec }, ...apply },
    status(1),
    ...[1, 2, 3].flatMap((at): Request[] => [
      {
        method: 'PATCH',
        path: `${secretPath(name, at)}?${by}`,
        body: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: `${name}-${at}` },
          type: 'kubernetes.io/dockerconfigjson',
          stringData: { '.dockerconfigjson': JSON.stringify({ auths }) },
        },
        ...apply,
      },
      {
        method: 'PATCH',
        path,
        body: { imagePullSecrets: Array.from({ length: at }, (_, one) => ({ name: `${name}-${one + 1}` })) },
        type: 'application/merge-patch+json',
      },
    ]),
    status(2),
  ];
}

function statusOf({ name }: { readonly name: string }): object {
  return { name, serviceAccount: name, secret: name, ready: true, linked: true };
}

import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks one webhook for reviews over connections that stay. */
export interface Load {
  /** As many as it can take over so many connections. */
  readonly flood: (amount: number, connections: number) => Promise<void>;
  /** At an even rate; milliseconds that each took, sorted. */
  readonly steady: (perSecond: number, seconds: number) => Promise<readonly number[]>;
  readonly close: () => void;
}

/** A load of reviews of one Build; any answer but one that allows it is an error. */
export function admissionLoad(port: number, ca: string, namespaces: number): Load {
  const agent = new Agent({ keepAlive: true, ca, maxSockets: 16 });
  const path = '/admissionwebhook?timeout=10s';
  const options = { agent, host: '127.0.0.1', port, path, method: 'POST' };
  let number = 0;
  const ask = (): Promise<void> => {
    number += 1;
    const body = JSON.stringify(review(`project-${number % namespaces}`, number));
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const call = request({ ...options, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () => (text.includes('"allowed":true') ? resolve() : reject(new Error(text))));
      });
      call.once('error', reject).end(body);
    });
  };
  return {
    flood: async (amount, connections) => {
      let left = amount;
      const one = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await ask();
        }
      };
      await Promise.all(Array.from({ length: connections }, one));
    },
    steady: async (perSecond, seconds) => {
      const begun = performance.now();
      const taken: Promise<number>[] = [];
      for (let at = 0; at < perSecond * seconds; at += 1) {
        const due = begun + (at * 1000) / perSecond;
        await sleep(Math.max(0, due - performance.now()));
        const start = performance.now();
        taken.push(ask().then(() => performance.now() - start));
      }
      return (await Promise.all(taken)).sort((a, b) => a - b);
    },
    close: () => agent.destroy(),
  };
}

/** What the API server sends when a BuildConfig is started. */
function review(namespace: string, number: number): object {
  const fields = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`f:field${at}`, { '.': {}, 'f:inner': {} }]),
  );
  const object = {
    kind: 'Build',
    apiVersion: 'build.openshift.io/v1',
    metadata: {
      name: `shop-${number}`,
      namespace,
      uid: '8d1c3a1e-0f7c-4a36-9a53-f6ad3c7b6c55',
      labels: { app: 'shop', build: 'shop', buildconfig: 'shop', 'openshift.io/build-config.name': 'shop' },
      annotations: { 'openshift.io/build-config.name': 'shop', 'openshift.io/build.number': String(number) },
      ownerReferences: [
        { apiVersion: 'build.openshift.io/v1', kind: 'BuildConfig', name: 'shop', uid: 'x', controller: true },
      ],
      managedFields: [
        { manager: 'openshift-apiserver', operation: 'Update', apiVersion: 'build.openshift.io/v1', fieldsV1: fields },
      ],
    },
    spec: {
      serviceAccount: 'builder',
      source: { type: 'Git', git: { uri: 'https://git.example.test/shop.git', ref: 'main' }, contextDir: '/' },
      strategy: {
        type: 'Source',
        sourceStrategy: {
          from: { kind: 'DockerImage', name: 'registry.example.test/s2i:22' },
          env: [{ name: 'A', value: 'b' }],
        },
      },
      output: { to: { kind: 'ImageStreamTag', name: 'shop:latest' } },
      resources: {},
      triggeredBy: [{ message: 'Manually triggered' }],
    },
    status: { phase: 'New', config: { kind: 'BuildConfig', namespace, name: 'shop' } },
  };
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: `705ab4f5-6393-11e8-b7cc-${number}`,
      kind: { group: 'build.openshift.io', version: 'v1', kind: 'Build' },
      resource: { group: 'build.openshift.io', version: 'v1', resource: 'builds' },
      name: object.metadata.name,
      namespace,
      operation: 'CREATE',
      userInfo: {
        username: 'system:serviceaccount:openshift-apiserver:openshift-apiserver-sa',
        groups: ['system:authenticated'],
      },
      object,
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
    },
  };
}

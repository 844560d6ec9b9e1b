import { afterAll, beforeAll } from '@jest/globals';
import { home } from '../fixtures/operator/cluster.js';
import { type Attacker, canary, Scene } from './scene.js';

/** Its cluster ID, and the name of its integration. */
export const id = 'hostile';

// The one installation that all of them attack.
export let scene: Scene;
/** Who may create integrations, and nothing else. */
export let integrations: Attacker;
/** Who may create organizations, and nothing else. */
export let organizations: Attacker;

/** The first are everybody's, of the last each is one attacker's. */
const projects = ['a', 'b', 'c', 'd', 'e', 'f', 'lost', 'reused', 'edited'];

// Registered before what the attackers begin, since they import this.
beforeAll(async () => {
  scene = await Scene.open(id);
  const { cluster, harness } = scene;
  await Promise.all(
    ['attackers', 'victim', 'openshift-operators'].map((name) => cluster.plane.kubectl(['create', 'namespace', name])),
  );
  const hosts = {
    metadata: {
      namespace: 'openshift-operators',
      name: canary,
      annotations: { 'quayside.dev/hosts': 'quay.example.com' },
    },
  };
  await scene.plant('openshift-operators', canary, hosts);
  await scene.plant('openshift-operators', 'canary-login');
  await scene.plant(home);
  await scene.plant(home, 'canary-git');
  await scene.plant(home, 'canary-document', {
    metadata: {
      namespace: home,
      name: 'canary-document',
      labels: { 'quayside.dev/document-secret': 'true' },
      annotations: { 'quayside.dev/organizations': 'others-*', 'quayside.dev/uses': 'mirror' },
    },
  });
  await cluster.create({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'elsewhere' },
    spec: {
      clusterID: 'elsewhere',
      quayHostname: 'quay.example.com',
      credentialsSecret: { namespace: home, name: canary },
      git: { url: 'https://git.example.test/state.git', secretRef: { name: 'canary-git' } },
      allowlistNamespaces: ['none-of-these'],
      suspend: true,
    },
  });
  await harness.projects(projects, ['web']);
  await scene.plantEverywhere();
  await harness.ready(projects);
  integrations = await scene.attacker('integrations', [
    { apiGroups: ['quay.redhat.com', 'redhatcop.redhat.io'], resources: ['quayintegrations'], verbs: ['create'] },
  ]);
  organizations = await scene.attacker('organizations', [
    { apiGroups: ['quayside.dev'], resources: ['quayorganizations'], verbs: ['create'] },
  ]);
});

afterAll(async () => {
  integrations?.close();
  organizations?.close();
  await scene?.close();
});

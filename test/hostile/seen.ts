import { expect } from '@jest/globals';
import { conditionOf, type Condition, type Reported } from '../fixtures/operator/objects.js';
import { writeState } from '../fixtures/operator/people.js';
import { canary, type Scene } from './scene.js';

export const readyOf = async ({ harness }: Scene, name: string): Promise<Condition> =>
  conditionOf(await harness.object(name), 'Ready');

export async function stillReady(scene: Scene, ...names: readonly string[]): Promise<void> {
  for (const name of names) expect((await readyOf(scene, name)).status).toBe('True');
}

/** Waits until the organization of a namespace is refused for this reason. */
export function refusal(scene: Scene, name: string, reason: string): Promise<void> {
  return scene.cluster.eventually(async () =>
    expect(await readyOf(scene, name)).toMatchObject({ status: 'False', reason }),
  );
}

/** The Secrets of a namespace, without what we planted. */
export async function secretNames({ cluster }: Scene, namespace: string): Promise<readonly string[]> {
  const { items } = await cluster.get<{ items: readonly Reported[] }>(`/api/v1/namespaces/${namespace}/secrets`);
  return items
    .map(({ metadata }) => metadata.name)
    .filter((name) => name !== canary)
    .sort();
}

let pushes = 0;

/** Nothing that came before stopped the operator: what a person pushes now arrives in Quay. */
export async function arrives(scene: Scene): Promise<void> {
  const { harness, cluster } = scene;
  pushes += 1;
  const description = `Push ${pushes}`;
  const overlay = `spec: {teams: [{name: probe, role: member, description: ${description}}]}\n`;
  await writeState(harness, `overlays/${harness.namespace('c')}.yaml`, overlay);
  await cluster.eventually(async () => {
    const { teams } = await harness.ask<{ teams: object }>('GET', `/organization/${harness.organization('c')}`);
    expect(teams).toMatchObject({ probe: { description } });
  });
}

/** A user of Quay takes the name of an organization, with a robot, and with a mark where there are words for it. */
export async function squat(scene: Scene, name: string, mark: string): Promise<void> {
  const path = `/organization/${scene.harness.organization(name)}`;
  await scene.asPerson('POST', '/organization/', { name: scene.harness.organization(name) });
  await scene.asPerson('PUT', `${path}/robots/builder`, { description: '' });
  if (mark !== '') await scene.asPerson('PUT', `${path}/team/quayside`, { role: 'member', description: mark });
}

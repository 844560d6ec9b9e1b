import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { narrate } from './narrate.js';
import { registryStory } from './registry-story.js';

/** Plays how one resource becomes a registry, in a folder of its own that goes away. No cluster and no Quay is asked. */
export async function playRegistryDemo(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-demo-'));
  try {
    await narrate(registryStory(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

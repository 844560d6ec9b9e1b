import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '@quayside/simulator';
import { startGitHub } from '@quayside/simulator/forge';
import { newPrivateKey } from '../ownership/store/index.js';
import { readConfiguration } from '../process/configuration.js';
import { demoIntegration } from './cluster/index.js';
import { createFixture } from './fixture.js';
import { narrate } from './narrate.js';
import { reviewStory } from './review-story.js';

/** Plays how people review changes, with a simulated Quay and forge, in a folder of its own that goes away. */
export async function playReviewDemo(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-demo-'));
  const { environment } = readConfiguration();
  const quay = await startSimulator();
  const forge = await startGitHub({ folder: join(folder, 'forge'), environment });
  try {
    const fixture = createFixture(folder, quay, { url: forge.gitUrl, token: forge.token });
    const spec = { git: { url: forge.gitUrl, review: 'Destructive' } };
    await writeFile(fixture.paths.integration, JSON.stringify(demoIntegration(quay.url, spec), null, 2));
    await writeFile(fixture.paths.ownershipKey, newPrivateKey(), { mode: 0o600 });
    await narrate(reviewStory(fixture, forge));
  } finally {
    await forge.close();
    await quay.close();
    await rm(folder, { recursive: true, force: true });
  }
}

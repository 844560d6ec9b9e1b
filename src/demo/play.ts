import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '@quayside/simulator';
import { newPrivateKey } from '../ownership/store/index.js';
import { demoIntegration } from './cluster/index.js';
import { createFixture, type Fixture } from './fixture.js';
import { story } from './story.js';
import { narrate } from './narrate.js';

export interface DemoOptions {
  /** Leave everything up until it is interrupted. */
  readonly keep: boolean;
}

/** Plays the story in a folder of its own, which goes away with the simulated Quay unless it is to be kept. */
export async function playDemo({ keep }: DemoOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-demo-'));
  const quay = await startSimulator();
  try {
    await writeFile(join(folder, 'integration.json'), JSON.stringify(demoIntegration(quay.url), null, 2));
    const fixture = createFixture(folder, quay);
    await writeFile(fixture.paths.ownershipKey, newPrivateKey(), { mode: 0o600 });
    await narrate(story(fixture));
    if (keep) await stayUp(fixture);
  } finally {
    await quay.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function stayUp({ paths, quay }: Fixture): Promise<void> {
  const variables = {
    CLUSTER: paths.cluster,
    INTEGRATION: paths.integration,
    STATE: paths.state,
    KEY: paths.ownershipKey,
    QUAYSIDE_QUAY_TOKEN: quay.credentials.superuser,
  };
  const line = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(
    [
      '',
      `The simulated Quay stays up at ${quay.url} until you press Ctrl-C. In another terminal:`,
      '',
      `  export ${line.join(' ')}`,
      '  npx quayside plan --cluster $CLUSTER --integration $INTEGRATION --state $STATE --ownership-key $KEY',
      '',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
}

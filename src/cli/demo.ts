import { Command } from 'commander';
import { example } from './options.js';
import { withSimulator } from './with-simulator.js';

interface DemoOptions {
  readonly keep: boolean;
  readonly registry: boolean;
  readonly review: boolean;
}

/** `quayside demo`: the whole pipeline on a cluster made of files and a simulated Quay. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .summary('run the whole pipeline on files and a simulated Quay')
    .description('Runs the whole pipeline on a cluster made of files and a simulated Quay, in a temporary folder.')
    .option('--keep', 'keep the simulated Quay, the files and the repository until interrupted', false)
    .option('--registry', 'show instead how one resource becomes a whole registry', false)
    .option('--review', 'show instead how people review changes in pull requests of a simulated forge', false)
    .action(demo);
  return example(command, 'quayside demo --keep', 'quayside demo --registry', 'quayside demo --review');
}

async function demo({ registry, review, ...options }: DemoOptions): Promise<void> {
  if (registry) {
    const { playRegistryDemo } = await import('../demo/play-registry.js');
    return playRegistryDemo();
  }
  if (review) {
    const { playReviewDemo } = await withSimulator(() => import('../demo/play-review.js'));
    return playReviewDemo();
  }
  const { playDemo } = await withSimulator(() => import('../demo/play.js'));
  await playDemo(options);
}

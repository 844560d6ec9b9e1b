import { styleText } from 'node:util';

/** One step of the story: a heading, the command that does the same, and what came of it. */
export interface Step {
  readonly heading: string;
  /** What somebody would type. */
  readonly command?: string;
  readonly play: () => Promise<string>;
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Prints the story step by step, while it happens. */
export async function narrate(steps: readonly Step[]): Promise<void> {
  const started = performance.now();
  for (const [index, { heading, command, play }] of steps.entries()) {
    print(styleText('bold', `\n${index + 1}/${steps.length}  ${heading}`, { stream: process.stdout }));
    if (command !== undefined) print(styleText('cyan', `     $ ${command}`, { stream: process.stdout }));
    print((await play()).replace(/^(?=.)/gm, '     '));
  }
  print(`\nFinished in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

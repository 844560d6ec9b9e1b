import { Readable } from 'node:stream';

/** What simple-git calls with the streams of a command. */
export type OutputHandler = (command: string, ...outputs: readonly unknown[]) => void;

/**
 * Closes what git speaks through once it was silent for too long. git itself has been stopped by then, but an ssh that it
 * started may hang with the other end in its hands, and the command does not end while that is open.
 */
export function closeSilent(seconds: number, onOverdue: () => void): OutputHandler {
  return (_, ...outputs) => {
    const streams = outputs.filter((output) => output instanceof Readable);
    const timer = setTimeout(() => {
      onOverdue();
      streams.forEach((stream) => stream.destroy());
    }, seconds * 1000);
    let open = streams.length;
    for (const stream of streams) {
      stream.on('data', () => timer.refresh());
      stream.once('close', () => {
        open -= 1;
        if (open === 0) clearTimeout(timer);
      });
    }
  };
}

import { Readable } from 'node:stream';
import { type OutputHandler } from './close-silent.js';

/** Closes what git speaks through once it said more than so many bytes: what it says is kept until its end. */
export function closeTalkative(most: number, onExcess: () => void): OutputHandler {
  return (_, ...outputs) => {
    const streams = outputs.filter((output) => output instanceof Readable);
    let said = 0;
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.length;
        if (said <= most) return;
        streams.forEach((one) => one.destroy());
        onExcess();
      });
    }
  };
}

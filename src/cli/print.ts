import { styleText } from 'node:util';
import { printable } from '../text/index.js';

type Colour = 'red' | 'yellow' | 'green' | 'dim';

/** A word in front of a text, in a colour where the terminal has them. */
export interface Label {
  readonly colour: Colour;
  readonly word: string;
}

/** Prints a result on stdout; whatever it holds of other people's words, it cannot steer a terminal. */
export function print(text: string, label?: Label): void {
  process.stdout.write(labelled(text, label, process.stdout));
}

/** Prints on stderr what is beside the result. */
export function tell(text: string, label?: Label): void {
  process.stderr.write(labelled(text, label, process.stderr));
}

/** Prints a file, which a program may read: as it is, but on a terminal. */
export function printFile(text: string): void {
  process.stdout.write(process.stdout.isTTY ? printable(text) : text);
}

function labelled(text: string, label: Label | undefined, stream: NodeJS.WritableStream): string {
  return label === undefined
    ? printable(text)
    : `${styleText(label.colour, label.word, { stream })} ${printable(text)}`;
}

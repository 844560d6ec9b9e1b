import { limits } from '../../limits/index.js';

/** Where something stands in a file; both from 1. */
export interface Position {
  readonly line: number;
  readonly column?: number;
}

/** The events of a reader of manifests, so that no file has to be in memory whole. */
export interface ReaderEvents {
  /** One element of the `items` of a list, or of an array at the top. */
  readonly item: (value: unknown, position: Position) => void;
  /** What stands around the items, at its end; `items` counts those that were given before and are left out of it. */
  readonly document: (value: unknown, items: number, position: Position) => void;
}

/** Takes a file piece by piece; a fault in its text is thrown as a `SyntaxFault`. */
export interface ManifestReader {
  write(chunk: Buffer): void;
  end(): void;
}

/** What a line of a text costs beside its characters, in characters: a file may have nothing but the ends of lines. */
export const lineCost = 16;

/** The fault of a file of which one thing is larger than what is taken. */
export function tooLarge(what: 'an object' | 'a line', position: Position): SyntaxFault {
  return new SyntaxFault(`${what} is larger than ${limits.dumpObject / 1024 / 1024} MiB`, position);
}

/** A fault in the text of a file; it never carries a piece of that text, which may be a credential. */
export class SyntaxFault extends Error {
  constructor(
    message: string,
    readonly position: Position,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** The fault of a file that stops before its end. */
export function cutOff(what: string, position: Position): SyntaxFault {
  return new SyntaxFault(`${what}: the file is cut off`, position, 'Write the file again; a part of it is not used.');
}

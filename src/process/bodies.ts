/** The body of one request, while it is received. */
export interface Body {
  /** Adds what came; false when the body was given up, now or before. */
  readonly add: (chunk: Buffer) => boolean;
  /** All of it, which counts no longer. */
  readonly take: () => Buffer;
  /** Whatever was received is dropped. */
  readonly drop: () => void;
}

/** All bodies that are being received. */
export interface Bodies {
  /** Starts to receive one. @param onDrop the others need the room */
  readonly open: (onDrop: () => void) => Body;
}

/** What a chunk holds beside its bytes is more than the bytes, when those are few: from the second one on they are copied. */
const firstRoom = 16 * 1024;

interface Received {
  chunk: Buffer;
  length: number;
  readonly drop: () => void;
}

/**
 * Bodies that together have at most so many bytes. When there are more, the largest is given up: whoever sends much takes the
 * room from himself, and a review of the usual size is never the largest.
 */
export function createBodies(most: number): Bodies {
  const all = new Set<Received>();
  let total = 0;
  const forget = (one: Received): void => {
    if (!all.delete(one)) return;
    total -= one.chunk.length;
    one.chunk = Buffer.alloc(0);
  };
  const makeRoom = (): void => {
    while (total > most) {
      const largest = [...all].reduce((one, other) => (other.chunk.length > one.chunk.length ? other : one));
      forget(largest);
      largest.drop();
    }
  };
  const append = (one: Received, chunk: Buffer): void => {
    const length = one.length + chunk.length;
    if (one.length === 0) one.chunk = chunk;
    else if (length > one.chunk.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(firstRoom, 2 * one.chunk.length, length));
      one.chunk.copy(grown, 0, 0, one.length);
      one.chunk = grown;
    }
    if (one.chunk !== chunk) chunk.copy(one.chunk, one.length);
    one.length = length;
  };
  return {
    open: (onDrop) => {
      const one: Received = { chunk: Buffer.alloc(0), length: 0, drop: onDrop };
      all.add(one);
      return {
        add: (chunk) => {
          if (!all.has(one)) return false;
          total -= one.chunk.length;
          append(one, chunk);
          total += one.chunk.length;
          makeRoom();
          return all.has(one);
        },
        take: () => {
          const bytes = one.chunk.subarray(0, one.length);
          forget(one);
          return bytes;
        },
        drop: () => forget(one),
      };
    },
  };
}

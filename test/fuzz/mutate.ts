import fc from 'fast-check';

const pieces = [
  ...[
    '"',
    "'",
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n',
    '\t',
    '\0',
    '-',
    '#',
    '&a ',
    '*a',
    '|',
    '>',
    '---\n',
    '...\n',
    '!!binary ',
  ],
  ...[
    '__proto__',
    'constructor',
    'null',
    'true',
    '1e999',
    '-0',
    '9'.repeat(40),
    '\u202e',
    '\u001b[2J',
    '\ud800',
    '\ufeff',
    'é',
  ],
  ...[
    '[['.repeat(2_000),
    '{"a":'.repeat(2_000),
    'a.'.repeat(5_000),
    ' '.repeat(5_000),
    '../..',
    '@',
    '%00',
    '://',
    '\r\n',
  ],
];

/** One thing that is done to an input. */
export const step = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'repeat', 'flip', 'splice', 'cut'),
  /** Where, as a part of the length. */
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 64 }),
  piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 20 })),
  byte: fc.nat({ max: 255 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The input after all steps. `others` are inputs that parts are taken of. */
export function mutated(seed: string, steps: readonly Step[], others: readonly string[]): Buffer {
  return steps.reduce<Buffer>((input, one) => apply(input, one, others), Buffer.from(seed));
}

function apply(input: Buffer, { kind, at, length, piece, byte }: Step, others: readonly string[]): Buffer {
  const start = Math.floor(at * input.length);
  const [before, after] = [input.subarray(0, start), input.subarray(start)];
  const other = Buffer.from(others[byte % Math.max(1, others.length)] ?? '');
  switch (kind) {
    case 'insert':
      return Buffer.concat([before, Buffer.from(piece), after]);
    case 'delete':
      return Buffer.concat([before, after.subarray(length)]);
    case 'repeat':
      return Buffer.concat([before, ...Array<Buffer>(20).fill(after.subarray(0, length)), after]);
    case 'flip':
      return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
    case 'splice':
      return Buffer.concat([before, other.subarray(Math.floor(at * other.length)), after.subarray(length)]);
    default:
      return before;
  }
}

/** A string as the SSH protocol writes it: its length, then its bytes. */
export function wireString(value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A number that is not negative, as the SSH protocol writes it: a zero comes first where it would pass for negative. */
export function wireNumber(bytes: Buffer): Buffer {
  const from = bytes.findIndex((byte) => byte !== 0);
  const digits = from < 0 ? Buffer.alloc(0) : bytes.subarray(from);
  return wireString((digits[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.alloc(1), digits]) : digits);
}

/** Reads one after the other what the SSH protocol writes. What does not fit throws a RangeError. */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('the text ends too early');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.number());
  }

  text(): string {
    return this.string().toString('latin1');
  }

  isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

/** Random identifiers and secrets. */
export interface Random {
  readonly uuid: () => string;
  /** Upper-case letters and digits. */
  readonly characters: (length: number) => string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Makes identifiers from a source of random bytes. */
export function createRandom(bytes: (size: number) => Uint8Array): Random {
  return {
    uuid: () => uuidOf(bytes(16)),
    characters: (length) => {
      let made = '';
      for (const byte of bytes(length)) made += alphabet[byte % alphabet.length] ?? '';
      return made;
    },
  };
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

import { InvalidInput } from '../errors/index.js';
import { limits } from '../limits/index.js';
import { yamlCost } from './yaml-cost.js';

const text = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array, source: string): string {
  try {
    return text.decode(bytes);
  } catch {
    throw new InvalidInput([{ path: '', message: 'is not valid UTF-8', source }]);
  }
}

/** The content of a state file as text; content that is too long or costs too much, is not UTF-8 or binary is refused before anything parses it. */
export function readText(content: string | Uint8Array, source: string): string {
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
  if (size > limits.documentBytes) {
    const message = `is ${size} bytes long; a state file has at most ${limits.documentBytes}`;
    throw new InvalidInput([{ path: '', message, hint: 'split it into several files', source }]);
  }
  const decoded = typeof content === 'string' ? content : decode(content, source);
  const nul = decoded.indexOf('\0');
  if (nul >= 0) {
    const line = decoded.slice(0, nul).split('\n').length;
    throw new InvalidInput([{ path: '', message: 'contains a NUL character', source, line }]);
  }
  if (yamlCost(decoded, limits.stateFileCost) > limits.stateFileCost) {
    const message = `has more than ${limits.stateFileCost} fields, entries and lines`;
    throw new InvalidInput([{ path: '', message, hint: 'split it into several files', source }]);
  }
  return decoded;
}

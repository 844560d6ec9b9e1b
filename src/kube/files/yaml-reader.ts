import { TextDecoder } from 'node:util';
import { limits } from '../../limits/index.js';
import { type ManifestReader, type ReaderEvents, SyntaxFault, tooLarge } from './reader.js';
import { yamlDocument } from './yaml-document.js';

/** Reads YAML, one document or several. */
export function yamlReader(events: ReaderEvents): ManifestReader {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let document = yamlDocument(events);
  let line = 0;
  let rest: string[] = [];
  let restLength = 0;

  const next = (): void => {
    document.end();
    document = yamlDocument(events);
  };

  const take = (text: string): void => {
    line += 1;
    if (/^\.\.\.(?:\s|$)/.test(text)) return next();
    if (/^---(?:\s|$)/.test(text) && document.begun()) next();
    document.take(text, line);
  };

  const decode = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new SyntaxFault('is not UTF-8 text', { line: line + 1 });
    }
  };

  return {
    write(chunk) {
      const text = decode(chunk);
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        rest.push(text.slice(from, at));
        take(rest.join(''));
        [rest, restLength, from] = [[], 0, at + 1];
      }
      rest.push(text.slice(from));
      restLength += text.length - from;
      if (restLength > limits.dumpObject) throw tooLarge('a line', { line: line + 1 });
    },
    end() {
      take(rest.join('') + decode());
      document.end();
    },
  };
}

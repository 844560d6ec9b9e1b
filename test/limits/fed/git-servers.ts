import { type RequestListener } from 'node:http';

const advertisement = { 'content-type': 'application/x-git-upload-pack-advertisement' };
const packet = (text: string): string => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

/** What a Git server does that wants to be too much, by the row that says how much is taken. */
export const gitServers = {
  gitWords: (_, response) => {
    const words = packet(`ERR ${'no '.repeat(20_000)}`);
    response.writeHead(200, advertisement).end(`${packet('# service=git-upload-pack\n')}0000${words}`);
  },
  gitMemory: (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).on('error', () => undefined);
    const piece = 'x'.repeat(1 << 16);
    const pour = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', pour);
    pour();
  },
  gitSilence: () => undefined,
} as const satisfies Readonly<Record<string, RequestListener>>;

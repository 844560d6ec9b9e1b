import type { RequestListener } from 'node:http';
import { serveHTTP, type Loopback } from '../support/loopback.js';

/** What a server says that wants to be shown to people: it names a window, hides a line and repeats the login. */
export const escape = '\u001b]0;owned\u0007\u001b[2K\u202e';

const answers: Readonly<Record<string, (elsewhere: string) => RequestListener>> = {
  'sends everybody elsewhere':
    (elsewhere) =>
    ({ url }, response) =>
      response.writeHead(302, { location: `${elsewhere}${url}` }).end(),
  'repeats the login, with escape sequences': () => (request, response) => {
    const { authorization = '' } = request.headers;
    const [, encoded = ''] = authorization.split(' ');
    const login = Buffer.from(encoded, 'base64').toString('latin1');
    const message = `${escape} ${authorization} ${login} https://x:${login.split(':')[1]}@x/`;
    // A name in a header cannot have all of that.
    const headers = { 'content-type': 'application/json', 'www-authenticate': `Basic realm="${authorization}"` };
    response
      .writeHead(authorization === '' ? 401 : 400, headers)
      .end(JSON.stringify({ message, error_message: message }));
  },
  'never ends its answer': () => (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const piece = `"${'x'.repeat(1 << 16)}",`;
    const pour = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', pour).on('error', () => undefined);
    response.write('[');
    pour();
  },
};

export const behaviours = Object.keys(answers);

/** A server of the other side, Quay or Git, that does one of these. */
export function foreignServer(behaviour: string, elsewhere: string): Promise<Loopback> {
  const answer = answers[behaviour]?.(elsewhere);
  if (answer === undefined) throw new TypeError(behaviour);
  return serveHTTP(answer);
}

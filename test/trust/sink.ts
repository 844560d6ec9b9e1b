import { serveHTTP } from '../support/loopback.js';

/** A host of somebody else's: answers like a Quay, and remembers who showed it what. */
export interface Sink {
  readonly url: string;
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Everything that was asked, with the credentials that came along. */
  readonly asked: readonly { readonly path: string; readonly authorization: string | undefined }[];
  readonly close: () => Promise<void>;
}

/** Opens one; `location` is where it sends everybody instead of answering. */
export async function openSink(location?: string): Promise<Sink> {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const { url, close } = await serveHTTP((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const type = { 'content-type': 'application/json' };
    if (location === undefined) response.writeHead(200, type);
    else response.writeHead(302, { ...type, location: `${location}${request.url}` });
    response.end(JSON.stringify({ config: {}, features: {}, version_number: 'Quay 3.15.0' }));
  });
  return { url, host: new URL(url).host, asked, close };
}

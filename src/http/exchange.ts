import type { Dispatcher } from 'undici';

/** One exchange as it came off the wire. */
export interface Exchange {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends one request and collects the answer; the thinnest way through undici. */
export function exchange(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let headers: Exchange['headers'] = {};
    const chunks: Buffer[] = [];
    dispatcher.dispatch(options, {
      onRequestStart() {},
      onResponseStart(_controller, code, received) {
        status = code;
        headers = received;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        const [only] = chunks;
        const text =
          chunks.length === 1 && only !== undefined ? only.toString('utf8') : Buffer.concat(chunks).toString('utf8');
        resolve({ status, headers, text });
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    });
  });
}

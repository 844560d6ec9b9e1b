import { Agent, request } from 'node:https';
import { createNews, createReviewer, startAdmissionServer } from '../../src/webhook/index.js';
import type { AdmissionServer, CertificateSource, ReviewerOptions } from '../../src/webhook/index.js';
import { situation } from '../fixtures/builds/decisions.js';
import { makeServerCertificates, type ServerCertificates } from '../control-plane/start/certificates.js';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Posting {
  readonly method?: string;
  readonly path?: string;
  readonly type?: string;
  readonly signal?: AbortSignal;
}

/** A webhook on loopback, and a client that trusts it. */
export interface Serving {
  readonly server: AdmissionServer;
  readonly certificates: ServerCertificates;
  readonly faults: readonly Error[];
  readonly post: (body: string | Buffer | object, posting?: Posting) => Promise<Reply>;
  /** Another certificate, by another authority. */
  readonly rotate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const shown = { notAfter: new Date('2100-01-01') };

/** Starts a webhook for which everything is provisioned, but for what the options say. */
export async function serve(options: Partial<ReviewerOptions> = {}): Promise<Serving> {
  let certificates = await makeServerCertificates();
  const handlers: Parameters<CertificateSource['onChange']>[0][] = [];
  const show: CertificateSource['onChange'] = (handler) => {
    handlers.push(handler);
    handler({ ...shown, cert: certificates.certificate, key: certificates.key });
    return () => undefined;
  };
  const faults: Error[] = [];
  const review = createReviewer({ situation: () => situation(), news: createNews(), ...options });
  const server = await startAdmissionServer({
    address: { host: '127.0.0.1', port: 0 },
    certificates: { onChange: show },
    review,
    onFault: (fault) => faults.push(fault),
  });
  const agent = new Agent({ keepAlive: true });
  return {
    server,
    get certificates() {
      return certificates;
    },
    faults,
    post: (body, posting) => post({ agent, port: server.port, ca: certificates.ca }, body, posting),
    rotate: async () => {
      certificates = await makeServerCertificates();
      for (const handler of handlers) {
        handler({ ...shown, cert: certificates.certificate, key: certificates.key });
      }
    },
    close: async () => {
      agent.destroy();
      await server.close();
    },
  };
}

function post(
  { agent, port, ca }: { agent: Agent; port: number; ca: string },
  body: string | Buffer | object,
  { method = 'POST', path = '/admissionwebhook?timeout=10s', type = 'application/json', signal }: Posting = {},
): Promise<Reply> {
  const content = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(content) };
  return new Promise((resolve, reject) => {
    const call = request(
      { agent, host: '127.0.0.1', port, ca, method, path, headers, ...(signal && { signal }) },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
        response.once('error', reject);
      },
    );
    call.once('error', reject);
    call.end(content);
  });
}

/** A request as the simulator's pure part sees it, whatever carried it. */
export interface ApiRequest {
  readonly method: string;
  /** Raw path without the query. */
  readonly path: string;
  /** Raw query without the question mark. */
  readonly query: string;
  readonly authorization?: string;
  readonly contentType?: string;
  readonly body: string;
}

/** An answer, ready to be written to any kind of connection. */
export interface ApiResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const jsonType = 'application/json';
const htmlType = 'text/html; charset=utf-8';

/** A JSON answer. */
export function json(body: unknown, status = 200): ApiResponse {
  return { status, contentType: jsonType, body: JSON.stringify(body) };
}

/** 204: declared as JSON, yet empty. */
export function noContent(): ApiResponse {
  return { status: 204, contentType: jsonType, body: '' };
}

/** An empty answer that calls itself HTML, as a few handlers give. */
export function emptyPage(status: number, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, contentType: htmlType, body: '', headers };
}

/** An HTML page. */
export function page(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, contentType: htmlType, body, headers };
}

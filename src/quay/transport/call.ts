/** What a token must carry for a call; Quay never says which one it missed. */
export type Scope =
  'org:admin' | 'repo:admin' | 'repo:write' | 'repo:read' | 'repo:create' | 'user:admin' | 'user:read' | 'super:user';

/** A path of Quay's API, and the same with placeholders for metrics. */
export interface Address {
  readonly path: string;
  readonly route: string;
}

/** One call to Quay. */
export interface Call extends Address {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** The organization it is about; helps to explain a refusal. */
  readonly organization?: string;
  /** What it needs; where it is absent no token is sent. */
  readonly scope?: Scope;
  /** False where a second time would do it twice: then only a call that surely never arrived is repeated. @default true */
  readonly repeat?: boolean;
  /** Nobody waits for it: others go first. */
  readonly background?: boolean;
  /** The deletion of an organization, which takes its time. */
  readonly slow?: boolean;
}

/** What came back: status, the headers that count, and the body as text. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
  readonly location?: string;
  readonly retryAfter?: string;
  /** When Quay answered, by its own clock. */
  readonly date?: string;
  /** An earlier try of the same call may have reached Quay. */
  readonly repeated: boolean;
}

/** Makes a call; throws only when no answer came. Layers wrap one another. */
export type Send = (call: Call) => Promise<RawAnswer>;

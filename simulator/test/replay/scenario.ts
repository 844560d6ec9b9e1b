import { readdirSync, readFileSync } from 'node:fs';
import { type Fixtures } from '../../src/index.js';

/** Any JSON value of a recording or of an answer. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** How an answer is made smaller before it is compared. */
export interface Reduction {
  readonly op: 'count' | 'drop' | 'has' | 'keys' | 'names' | 'routes' | 'take' | 'where';
  readonly at: string;
  readonly as?: string;
  readonly key?: string;
  readonly equals?: Json;
  readonly n?: number;
}

/** A recorded answer. */
export interface RecordedResponse {
  readonly status: number;
  readonly contentType: string;
  readonly bodyKind: 'json' | 'text' | 'html' | 'empty';
  readonly shape: string;
  readonly body?: Json;
  readonly location?: string;
  readonly allow?: string;
}

/** A recorded request. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | { readonly header: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly rawBody?: string;
}

/** One step of a scenario. */
export interface Step {
  readonly step: number;
  readonly name: string;
  readonly control?: 'run-garbage-collector';
  readonly request?: RecordedRequest;
  readonly response?: RecordedResponse;
  readonly alternatives?: readonly { readonly response: RecordedResponse }[];
  readonly pick?: Readonly<Record<string, readonly string[]>>;
  readonly reduce?: readonly Reduction[];
  readonly unordered?: readonly string[];
  readonly repeat?: readonly string[];
}

/** What a volatile value looks like. */
export interface Placeholder {
  readonly type: string;
  readonly length?: number;
  readonly alphabet?: string;
}

/** A scenario file. */
export interface Scenario {
  readonly scenario: string;
  readonly title: string;
  readonly fixtures: Fixtures;
  readonly features?: Readonly<Record<string, boolean>>;
  readonly placeholders: Readonly<Record<string, Placeholder>>;
  readonly steps: readonly Step[];
}

const folder = new URL('../../../test/contract/quay-api/', import.meta.url);

/** All recorded scenarios, in order. */
export function loadScenarios(): readonly Scenario[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Scenario);
}

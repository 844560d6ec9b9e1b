import { setTimeout as sleep } from 'node:timers/promises';

/** What a registry has, or how it fails. */
export type Outcome =
  /** A single image, or the list of images for several platforms. */
  | { readonly digest: string; readonly ofList?: { readonly amd64: string } }
  | Failure
  /** It takes longer than the API server waits. */
  | 'slow'
  /** The administrator of the cluster does not allow this registry. */
  | 'notAllowed'
  /** The namespace has as many tags as it may. */
  | 'limit';

export interface Failure {
  readonly status: 'Failure';
  readonly reason: string;
  readonly code: number;
  readonly message: string;
}

const internal = (what: string): Failure => ({
  status: 'Failure',
  reason: 'InternalError',
  code: 500,
  message: `Internal error occurred: ${what}`,
});

/** What OpenShift writes for an image that cannot be imported. */
export const failures = {
  /** The repository is not for these credentials. */
  unauthorized: {
    status: 'Failure',
    reason: 'Unauthorized',
    code: 401,
    message: 'you may not have access to the container image "quay.example.test/x"',
  },
  /** The credentials themselves are refused, which is not called by its name. */
  badToken: internal(
    'quay.example.test/x:latest: Get "https://quay.example.test/v2/auth?scope=repository%3Ax%3Apull": unauthorized: Could not find robot with specified username',
  ),
  notFound: { status: 'Failure', reason: 'NotFound', code: 404, message: 'dockerimage "latest" not found' },
  certificate: internal('Get "https://quay.example.test/v2/": x509: certificate signed by unknown authority'),
} as const satisfies Readonly<Record<string, Failure>>;

/** How long a registry takes, and how long the API server waits for it, in milliseconds. */
export interface Times {
  readonly answer: number;
  readonly patience: number;
}

/** What comes of asking the registry for an image; nobody asks one that is not allowed. */
export async function fetched(outcome: Outcome, from: string, { answer, patience }: Times): Promise<Found | Failure> {
  const late = outcome === 'slow' || answer > patience;
  await sleep(late ? patience : answer);
  if (late) return internal(`Get "https://${from.split('/')[0] ?? ''}/v2/": context deadline exceeded`);
  if (typeof outcome === 'string') throw new Error(`${outcome} is no answer of a registry`);
  return outcome;
}

export type Found = Extract<Outcome, { digest: string }>;

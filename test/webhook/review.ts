/** The body of a request for the admission of an object, as the API server sends it. */
export function reviewOf(object: unknown, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '0df28fbd-5f5f-11e8-bc74-36e6bb280816',
      kind: { group: 'build.openshift.io', version: 'v1', kind: 'Build' },
      resource: { group: 'build.openshift.io', version: 'v1', resource: 'builds' },
      name: 'httpd-1',
      namespace: 'shop',
      operation: 'CREATE',
      userInfo: { username: 'system:serviceaccount:openshift-infra:build-config-controller' },
      object,
      oldObject: null,
      dryRun: false,
      ...more,
    },
  };
}

/** An answer, with its patch decoded. */
export interface Reviewed {
  readonly uid: string;
  readonly allowed: boolean;
  readonly patchType?: string;
  readonly patch?: readonly { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }[];
  readonly warnings?: readonly string[];
  readonly status?: { readonly code: number; readonly reason: string; readonly message: string };
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

/** Reads the body of an answer. */
export function reviewed(body: string): Reviewed {
  const { response } = JSON.parse(body) as { response: Reviewed & { patch?: string } };
  if (response.patch === undefined) return response;
  const patch = JSON.parse(Buffer.from(response.patch, 'base64').toString('utf8')) as Reviewed['patch'] & object;
  return { ...response, patch };
}

import {
  buildDestinationAnnotation,
  buildImportedAnnotation,
  buildManagedAnnotation,
} from '../../../src/api/build-annotations.js';

/** A digest that can be told from others. */
export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

export interface BuildOptions {
  readonly namespace: string;
  readonly name: string;
  /** `stream:tag`. Default `httpd:latest`. */
  readonly tag?: string;
  readonly organization?: string;
  readonly host?: string;
  readonly phase?: string;
  readonly completed?: string;
  readonly digest?: string;
  /** Marked as imported, as QBO does it. */
  readonly imported?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const host = 'quay.example.test';

/** A Build as it is once the webhook has rewritten it and OpenShift has run it. */
export function rewrittenBuild(options: BuildOptions) {
  const { namespace, name, tag = 'httpd:latest', phase = 'Complete', imported = false } = options;
  const {
    organization = `openshift_${namespace}`,
    completed = '2026-02-01T00:00:00Z',
    digest = digestOf('a'),
  } = options;
  return {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: {
      namespace,
      name,
      annotations: {
        [buildManagedAnnotation]: 'true',
        [buildDestinationAnnotation]: `${namespace}/${tag}`,
        ...(imported && { [buildImportedAnnotation]: 'true' }),
        ...options.annotations,
      },
    },
    spec: {
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'DockerImage', name: `${options.host ?? host}/${organization}/${tag}` } },
    },
    status: {
      phase,
      ...(phase === 'Complete' && { completionTimestamp: completed, output: { to: { imageDigest: digest } } }),
    },
  };
}

/** A Build that nobody has pointed at Quay. */
export function plainBuild({ namespace, name, phase = 'Running' }: BuildOptions) {
  return {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: { namespace, name },
    spec: {
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: 'httpd:latest' } },
    },
    status: { phase },
  };
}

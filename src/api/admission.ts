import { buildCloneAnnotation } from './build-annotations.js';
import { builtInNamespaces, builtInPrefixes } from './built-in-namespaces.js';

/** Which Builds the API server shows to the webhook, and how: charts and the operator install the same. */

/** QBO's path, so that a configuration of its kind can be pointed here. */
export const admissionPath = '/admissionwebhook';
/** Seconds that the API server waits for an answer; the webhook answers before. */
export const admissionTimeoutSeconds = 10;

/** The configuration that is installed, and its webhook. */
export const admissionConfigurationName = 'quayside';
/** The configuration that the operator keeps, for built-in namespaces that an allow list includes. */
export const builtInNamespacesConfigurationName = 'quayside-builtin-namespaces';
export const admissionWebhookName = 'builds.quayside.dev';

/** What happens to a Build while no webhook answers: run unrewritten, or do not run. */
export type AdmissionFailurePolicy = 'Ignore' | 'Fail';

/** A condition in CEL; the webhook is asked only where all hold. */
export interface AdmissionMatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** A webhook of a MutatingWebhookConfiguration, all but where it is. */
export interface AdmissionReach {
  readonly name: string;
  readonly admissionReviewVersions: readonly ['v1'];
  readonly sideEffects: 'None';
  readonly timeoutSeconds: number;
  readonly failurePolicy: AdmissionFailurePolicy;
  readonly matchPolicy: 'Equivalent';
  /** Asking again changes nothing, and helps where another webhook wrote the output after us. */
  readonly reinvocationPolicy: 'IfNeeded';
  readonly rules: readonly [
    {
      readonly operations: readonly ['CREATE'];
      readonly apiGroups: readonly ['build.openshift.io'];
      readonly apiVersions: readonly ['v1'];
      readonly resources: readonly ['builds'];
      readonly scope: 'Namespaced';
    },
  ];
  readonly namespaceSelector: {
    readonly matchExpressions: readonly {
      readonly key: string;
      readonly operator: 'In' | 'NotIn';
      readonly values: readonly string[];
    }[];
  };
  readonly matchConditions: readonly AdmissionMatchCondition[];
}

/** Every namespace has this label, with its own name. */
const nameLabel = 'kubernetes.io/metadata.name';

// A selector knows no prefixes.
const notBuiltIn: AdmissionMatchCondition = {
  name: 'not-in-a-built-in-namespace',
  expression: builtInPrefixes.map((prefix) => `!request.namespace.startsWith('${prefix}')`).join(' && '),
};

// Whatever may be missing is asked for first: a condition that fails is an error, and under `Fail` a refusal.
const rewritable: readonly AdmissionMatchCondition[] = [
  {
    name: 'docker-or-source-strategy',
    expression:
      'has(object.spec) && has(object.spec.strategy) && (has(object.spec.strategy.dockerStrategy) || has(object.spec.strategy.sourceStrategy))',
  },
  {
    // A clone of a Build that was pointed at Quay names an image, perhaps of a registry that is no longer used.
    name: 'output-to-an-image-stream-tag-or-a-clone',
    expression: `has(object.spec) && has(object.spec.output) && has(object.spec.output.to) && has(object.spec.output.to.kind) && (object.spec.output.to.kind == 'ImageStreamTag' || (object.spec.output.to.kind == 'DockerImage' && has(object.metadata.annotations) && '${buildCloneAnnotation}' in object.metadata.annotations))`,
  },
];

/** The reach in all namespaces but the built-in ones. */
export function admissionReach(failurePolicy: AdmissionFailurePolicy = 'Ignore'): AdmissionReach {
  return reach(failurePolicy, 'NotIn', builtInNamespaces, [notBuiltIn, ...rewritable]);
}

/** The same reach in some built-in namespaces, each of which `admissionReach` leaves out. */
export function builtInNamespacesReach(
  namespaces: readonly string[],
  failurePolicy: AdmissionFailurePolicy = 'Ignore',
): AdmissionReach {
  return reach(failurePolicy, 'In', [...namespaces].sort(), rewritable);
}

function reach(
  failurePolicy: AdmissionFailurePolicy,
  operator: 'In' | 'NotIn',
  values: readonly string[],
  matchConditions: readonly AdmissionMatchCondition[],
): AdmissionReach {
  return {
    name: admissionWebhookName,
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    timeoutSeconds: admissionTimeoutSeconds,
    failurePolicy,
    matchPolicy: 'Equivalent',
    reinvocationPolicy: 'IfNeeded',
    rules: [
      {
        operations: ['CREATE'],
        apiGroups: ['build.openshift.io'],
        apiVersions: ['v1'],
        resources: ['builds'],
        scope: 'Namespaced',
      },
    ],
    namespaceSelector: { matchExpressions: [{ key: nameLabel, operator, values }] },
    matchConditions,
  };
}

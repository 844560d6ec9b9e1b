/** The schema of the Quay Operator's QuayRegistry, without descriptions: what an API server accepts, prunes and refuses. */
type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const flag = { type: 'boolean' };
const int32 = { type: 'integer', format: 'int32' };
const int64 = { type: 'integer', format: 'int64' };
const time = { type: 'string', format: 'date-time' };
const texts = { type: 'object', additionalProperties: text };
const quantity = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  'x-kubernetes-int-or-string': true,
};
const quantities = { type: 'object', additionalProperties: quantity };
const atomic = { 'x-kubernetes-map-type': 'atomic' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Schema, required: readonly string[] = [], more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  ...more,
});

const requirements = list(object({ key: text, operator: text, values: list(text) }, ['key', 'operator']));
const selector = object({ matchExpressions: requirements, matchLabels: texts }, [], atomic);
const nodeTerm = object({ matchExpressions: requirements, matchFields: requirements }, [], atomic);
const podTerm = object(
  { labelSelector: selector, namespaceSelector: selector, namespaces: list(text), topologyKey: text },
  ['topologyKey'],
);
const podAffinity = object({
  preferredDuringSchedulingIgnoredDuringExecution: list(
    object({ podAffinityTerm: podTerm, weight: int32 }, ['podAffinityTerm', 'weight']),
  ),
  requiredDuringSchedulingIgnoredDuringExecution: list(podTerm),
});
const affinity = object({
  nodeAffinity: object({
    preferredDuringSchedulingIgnoredDuringExecution: list(
      object({ preference: nodeTerm, weight: int32 }, ['preference', 'weight']),
    ),
    requiredDuringSchedulingIgnoredDuringExecution: object(
      { nodeSelectorTerms: list(nodeTerm) },
      ['nodeSelectorTerms'],
      atomic,
    ),
  }),
  podAffinity,
  podAntiAffinity: podAffinity,
});

const keyRef = object({ key: text, name: text, optional: flag }, ['key'], atomic);
const env = list(
  object(
    {
      name: text,
      value: text,
      valueFrom: object({
        configMapKeyRef: keyRef,
        fieldRef: object({ apiVersion: text, fieldPath: text }, ['fieldPath'], atomic),
        resourceFieldRef: object({ containerName: text, divisor: quantity, resource: text }, ['resource'], atomic),
        secretKeyRef: keyRef,
      }),
    },
    ['name'],
  ),
);

const securityContext = object({
  allowPrivilegeEscalation: flag,
  capabilities: object({ add: list(text), drop: list(text) }),
  privileged: flag,
  procMount: text,
  readOnlyRootFilesystem: flag,
  runAsGroup: int64,
  runAsNonRoot: flag,
  runAsUser: int64,
  seLinuxOptions: object({ level: text, role: text, type: text, user: text }),
  seccompProfile: object({ localhostProfile: text, type: text }, ['type']),
  windowsOptions: object({
    gmsaCredentialSpec: text,
    gmsaCredentialSpecName: text,
    hostProcess: flag,
    runAsUserName: text,
  }),
});

const overrides = object({
  affinity,
  annotations: texts,
  env,
  labels: texts,
  replicas: { ...int32, minimum: 0, nullable: true },
  resources: object({ limits: quantities, requests: quantities }),
  securityContext,
  storageClassName: text,
  volumeSize: quantity,
});

const kinds =
  'quay postgres clair clairpostgres redis horizontalpodautoscaler objectstorage route mirror monitoring tls';

const component = object(
  {
    kind: { type: 'string', enum: kinds.split(' ') },
    managed: flag,
    overrides,
    secretRef: object({ name: text }, [], atomic),
  },
  ['kind', 'managed'],
  {
    'x-kubernetes-validations': [
      { message: 'cannot set overrides on unmanaged component', rule: 'self.managed || !has(self.overrides)' },
      { message: 'secretRef cannot be set on a managed component', rule: '!self.managed || !has(self.secretRef)' },
      {
        message: 'secretRef.name must not be empty',
        rule: '!has(self.secretRef) || self.secretRef.name.size() != 0',
      },
    ],
  },
);

const condition = object({
  lastTransitionTime: time,
  lastUpdateTime: time,
  message: text,
  reason: text,
  status: text,
  type: text,
});

export const upstreamSchema = object({
  apiVersion: text,
  kind: text,
  metadata: { type: 'object' },
  spec: object({ components: list(component), configBundleSecret: text }),
  status: object({
    conditions: list(condition),
    currentVersion: text,
    lastUpdated: text,
    observedGeneration: int64,
    registryEndpoint: text,
  }),
});

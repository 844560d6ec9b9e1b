import { checker } from '../../src/api/index.js';
import { InvalidInput, type Problem } from '../../src/errors/index.js';
import { wrongCombinations } from './combinations.js';
import { type Options, optionsSchema } from './schema.js';

const check = checker(optionsSchema);

/** What to do about options that are wrong in a way of their own. */
const hints: Readonly<Record<string, string>> = {
  image: 'for example registry.example.com/platform/quayside:0.1.0, or name@sha256:… from `podman push --digestfile`',
  namespace: 'for example quayside',
  credentialsSecret: 'for example quay-token, or openshift-operators/quay-token',
  credentialsNamespaces: 'for example [quayside, openshift-operators]',
  apiServerCIDRs: 'for example [10.0.0.0/28, 2001:db8::/64]',
  secrets: 'for example [mirror-credentials, other-namespace/quay-token]',
  operatorReplicas: 'for example 2',
  webhookReplicas: 'for example 2',
  tolerations: 'for example [{key: node-role.kubernetes.io/infra, operator: Exists}]',
  nodeSelector: 'for example {node-role.kubernetes.io/infra: ""}',
  operatorResources: 'for example {requests: {cpu: 100m, memory: 192Mi}, limits: {memory: 512Mi}}',
  webhookResources: 'for example {requests: {cpu: 50m, memory: 128Mi}, limits: {memory: 256Mi}}',
  jobResources: 'for example {requests: {cpu: 50m, memory: 128Mi}, limits: {memory: 256Mi}}',
  httpProxy: 'for example http://proxy.example.com:3128',
  httpsProxy: 'for example http://proxy.example.com:3128',
  quayHostname: 'for example https://quay.example.com',
  stateVolumeSize: 'for example 1Gi',
};

/** The options with their defaults; throws all that is wrong with them. `source` is the file that they come from. */
export function checkOptions(given: unknown, source?: string): Options {
  const checked = check(given ?? {}, source);
  const found = checked.ok ? wrongCombinations(checked.value) : checked.problems;
  if (checked.ok && found.length === 0) return checked.value;
  const problems = found.map((each) => withHint(source === undefined ? each : { ...each, source }));
  throw new InvalidInput(problems, 'InvalidOptions');
}

function withHint(problem: Problem): Problem {
  const [option = ''] = problem.path.split(/[.[]/, 1);
  const hint = problem.hint ?? hints[option] ?? describe(option);
  return hint === undefined ? problem : { ...problem, hint };
}

function describe(option: string): string | undefined {
  if (option === '') return `options are ${Object.keys(optionsSchema.shape).join(', ')}`;
  const field = Object.entries(optionsSchema.shape).find(([name]) => name === option)?.[1];
  return field?.meta()?.description ?? 'see charts/options/schema.ts for all options';
}

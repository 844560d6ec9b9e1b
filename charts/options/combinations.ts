import { type Problem } from '../../src/errors/index.js';
import { type Options, optionsSchema } from './schema.js';

/** A pair of options that contradict each other. */
interface Rule extends Problem {
  readonly broken: boolean;
}

/** Everything that is wrong between options that are each right for themselves. */
export function wrongCombinations(options: Options): readonly Problem[] {
  return [...gitRules(options), ...webhookRules(options), ...podRules(options)]
    .filter(({ broken }) => broken)
    .map(({ path, message, hint }) => ({ path, message, ...(hint !== undefined && { hint }) }));
}

const defaults = optionsSchema.parse({});

/** Whether somebody wants something else than the default. */
function isSet(options: Options, option: keyof Options): boolean {
  return JSON.stringify(options[option]) !== JSON.stringify(defaults[option]);
}

function gitRules(options: Options): readonly Rule[] {
  const embedded = options.gitUrl === undefined;
  const needsRemote = ['gitBranch', 'gitPath', 'gitSecret', 'gitForgeSecret', 'gitHookSecret'] as const;
  const needsVolume = ['stateVolumeSize', 'stateVolumeStorageClass'] as const;
  return [
    {
      broken: embedded && (options.operatorReplicas ?? 1) > 1,
      path: 'operatorReplicas',
      message: 'must be 1 with the embedded state repository, whose volume one operator uses',
      hint: 'set gitUrl to use a remote repository',
    },
    ...needsRemote.map((path) => ({
      broken: embedded && isSet(options, path),
      path,
      message: 'is for a remote state repository, and there is none',
      hint: 'set gitUrl as well',
    })),
    {
      broken: embedded && options.gitReview !== 'None',
      path: 'gitReview',
      message: 'must be None with the embedded state repository, which has no pull requests',
      hint: 'set gitUrl to a repository on a forge',
    },
    {
      broken: embedded && options.gitSync === 'External',
      path: 'gitSync',
      message: 'must be BuiltIn with the embedded state repository, which nobody else can reach',
      hint: 'set gitUrl to a repository that Argo CD or Flux can read',
    },
    ...needsVolume.map((path) => ({
      broken: !embedded && isSet(options, path),
      path,
      message: 'is for a volume, and a remote state repository needs none',
      hint: 'leave out either this or gitUrl',
    })),
  ];
}

function webhookRules(options: Options): readonly Rule[] {
  const needsWebhook = [
    ...(['certificates', 'failurePolicy', 'webhookReplicas', 'webhookResources'] as const),
    'apiServerCIDRs' as const,
  ];
  return [
    {
      broken: options.webhook && options.failurePolicy === 'Fail' && options.webhookReplicas < 2,
      path: 'webhookReplicas',
      message: 'must be at least 2 with failurePolicy Fail, or every restart refuses builds',
      hint: 'raise it, or set failurePolicy to Ignore',
    },
    {
      broken: !options.networkPolicies && options.apiServerCIDRs !== undefined,
      path: 'apiServerCIDRs',
      message: 'is for a NetworkPolicy, and networkPolicies is false',
      hint: 'leave out either of them',
    },
    ...needsWebhook.map((path) => ({
      broken: !options.webhook && isSet(options, path),
      path,
      message: 'is for the webhook, and webhook is false',
      hint: 'leave it out, or set webhook to true',
    })),
  ];
}

function podRules(options: Options): readonly Rule[] {
  const all = ['operatorResources', 'webhookResources', 'jobResources'] as const;
  const { httpProxy, httpsProxy, noProxy } = options;
  return [
    ...all.flatMap((path) =>
      (['cpu', 'memory'] as const).map((kind) => ({
        broken: amount(options[path].requests[kind]) > amount(options[path].limits[kind] ?? `${Infinity}`),
        path: `${path}.requests.${kind}`,
        message: `must not be more than ${path}.limits.${kind}`,
        hint: 'lower the request or raise the limit',
      })),
    ),
    {
      broken: noProxy !== undefined && httpProxy === undefined && httpsProxy === undefined,
      path: 'noProxy',
      message: 'names exceptions from a proxy, and there is none',
      hint: 'set httpProxy or httpsProxy as well',
    },
    ...options.tolerations.map(({ operator, key, value }, index) => ({
      broken: operator === 'Exists' ? value !== undefined : key === undefined,
      path: `tolerations[${index}].${operator === 'Exists' ? 'value' : 'key'}`,
      message:
        operator === 'Exists' ? 'must be left out with operator Exists' : 'is required unless operator is Exists',
    })),
  ];
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

function amount(quantity: string): number {
  const [, number = '', unit = ''] = /^([0-9.]+|Infinity)(.*)$/.exec(quantity) ?? [];
  return Number(number) * (units[unit] ?? 1);
}

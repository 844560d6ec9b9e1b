import { type ConfigMapping, type ConfigValue, isMapping } from '../config/value.js';
import { deliveryNetworks, type EngineFault } from './engines.js';

/** Checks a driver with its arguments. */
type Check = (engine: ConfigValue) => readonly EngineFault[];

/** Checks what a MultiCDNStorage hands downloads to, and by which rules. */
export function checkNetworks(given: ConfigMapping, check: Check): readonly EngineFault[] {
  const { providers, default_provider: fallback, rules } = given;
  if (!isMapping(providers)) return [];
  const rulesGiven = Array.isArray(rules) ? (rules as readonly ConfigValue[]) : [];
  const targets = [
    { steps: ['default_provider'], target: fallback },
    ...rulesGiven.map((rule, at) => ({ steps: ['rules', at, 'target'], target: isMapping(rule) ? rule.target : rule })),
  ];
  const hint = `Take one of ${Object.keys(providers).join(', ')}.`;
  const unknown = targets
    .filter(({ target }) => typeof target !== 'string' || !Object.hasOwn(providers, target))
    .map(({ steps }) => ({ steps, message: 'names no provider', hint }));
  return [...eachOnce(providerFaults(given, providers, check)), ...rulesGiven.flatMap(strangeKeys), ...unknown];
}

function providerFaults(
  { storage_config: shared }: ConfigMapping,
  providers: ConfigMapping,
  check: Check,
): readonly EngineFault[] {
  const common = isMapping(shared) ? shared : {};
  return Object.entries(providers).flatMap(([name, provider]): readonly EngineFault[] => {
    const [driver, own, ...rest] = Array.isArray(provider) ? (provider as readonly ConfigValue[]) : [];
    const isKnown = deliveryNetworks.some((network) => network === driver);
    // Quay hands a provider the arguments of storage_config, and its own before them.
    const whole = isMapping(own) ? [driver ?? null, { ...common, ...own }, ...rest] : provider;
    const faults = check(whole);
    const isOther = !isKnown && !faults.some(({ steps: [first] }) => first === undefined || first === 0);
    if (isOther) {
      const hint = `Take one of ${deliveryNetworks.join(', ')}.`;
      return [{ steps: ['providers', name, 0], message: 'is no delivery network', hint }];
    }
    const isShared = (argument: string | number | undefined): boolean =>
      argument !== undefined && isMapping(own) && !Object.hasOwn(own, argument) && Object.hasOwn(common, argument);
    return faults.map(({ steps, ...fault }) => {
      const [, argument] = steps;
      const at = isShared(argument) ? ['storage_config', ...steps.slice(1)] : ['providers', name, ...steps];
      return { ...fault, steps: at };
    });
  });
}

/** What all providers share is wrong once, and not once for each of them. */
function eachOnce(faults: readonly EngineFault[]): readonly EngineFault[] {
  const seen = new Set<string>();
  return faults.filter(({ steps }) => {
    const place = JSON.stringify(steps);
    return !seen.has(place) && seen.add(place);
  });
}

function strangeKeys(rule: ConfigValue, at: number): readonly EngineFault[] {
  return Object.keys(isMapping(rule) ? rule : {})
    .filter((key) => !['namespace', 'continent', 'host', 'target'].includes(key))
    .map((key) => ({
      steps: ['rules', at, key],
      message: 'is no key of a rule',
      hint: 'A rule has namespace, continent, host and target.',
    }));
}

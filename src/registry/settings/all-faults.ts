import { accessFaults } from '../access/access.js';
import { tooLarge } from '../bundle/index.js';
import { builderFaults } from '../checks/builders.js';
import { clairFaults } from '../checks/clair.js';
import { readOnlyFaults, readOnlyUpgradeFaults } from '../checks/read-only.js';
import { sharedFaults } from '../checks/shared.js';
import { unusableNames } from '../checks/unusable-names.js';
import { volumeFaults } from '../checks/volumes.js';
import { presenceRules } from '../components/presence.js';
import { type ConfigMapping } from '../config/value.js';
import { type Fault, faultsOf } from '../faults.js';
import { type SecretContents } from '../inputs.js';
import { type KeyResult } from '../keys/keys.js';
import { type RegistryModel } from '../model.js';
import { checkQuayConfig, missingKeys } from '../quay-config/index.js';
import { checkStorage } from '../storage/index.js';
import { autoscalerFaults } from '../workloads/autoscalers.js';
import { type Context } from './context.js';
import { ofConfiguration } from './configuration-faults.js';
import { tlsProfileConfig } from './tls-profile.js';

interface Made {
  readonly context: Context;
  readonly keyResult: KeyResult;
  readonly model: RegistryModel;
  readonly secrets: Readonly<Record<string, SecretContents>>;
  readonly config: ConfigMapping;
}

/** Everything that is wrong beside what decides on the components. */
export function allFaults({ context, keyResult, model, secrets, config }: Made): readonly Fault[] {
  const { inputs, name, names } = context;
  const ofBundle = ofConfiguration(inputs);
  const ofOptions = faultsOf(`QuayRegistryOptions/${name}`);
  return [
    ...inputs.bundle.faults,
    ...configFaults(context, config),
    ...[
      ...readOnlyFaults(inputs.bundle),
      ...readOnlyUpgradeFaults(context),
      ...clairFaults(context),
      ...profileFaults(context),
    ].map(ofBundle),
    ...[
      ...accessFaults(context),
      ...builderFaults(context),
      ...autoscalerFaults(context),
      ...userFaults(context),
      ...unusableNames(inputs.options?.spec),
    ].map(ofOptions),
    ...[
      ...unusableNames(inputs.registry.spec),
      ...volumeFaults(context, model),
      ...sharedFaults(context, keyResult.keys.databaseUri),
    ].map(faultsOf(`QuayRegistry/${name}`)),
    ...keyResult.faults.map(faultsOf(`Secret/${names.keysSecret}`)),
    ...sizeFaults(context, secrets),
  ];
}

function configFaults({ inputs, components }: Context, effective: ConfigMapping): readonly Fault[] {
  const { bundle, registry } = inputs;
  const { config, lines, files } = bundle;
  const secret = bundle.secret ?? registry.metadata.name;
  const storage = components.objectstorage.managed ? [] : checkStorage({ secret, config, files, lines });
  const missing = missingKeys(secret, effective).filter(({ path }) => !isSaid(config, path));
  const shapes = checkQuayConfig({ secret, config, lines }).filter(({ path }) => !isHostname(config, path));
  const found = [...shapes, ...storage, ...missing];
  return found.map(({ object: _object, ...fault }) => ofConfiguration(inputs)(fault));
}

/** Of a hostname that is there, what reads it says all that is wrong. */
function isHostname(config: ConfigMapping, path: string): boolean {
  return (path === 'SERVER_HOSTNAME' || path === 'BUILDMAN_HOSTNAME') && config[path] !== null;
}

/** A component of which the configuration says nothing at all is one fault, and not one for each of its keys. */
function isSaid(config: ConfigMapping, key: string): boolean {
  const rule = presenceRules.find(({ keys }) => keys.includes(key));
  return rule !== undefined && !rule.keys.some((other) => Object.hasOwn(config, other));
}

function profileFaults({ components, termination, inputs }: Context) {
  const { config } = inputs.bundle;
  const isStated = Object.hasOwn(config, 'SSL_PROTOCOLS') || Object.hasOwn(config, 'SSL_CIPHERS');
  if (components.tls.managed || termination === 'edge' || isStated) return [];
  return tlsProfileConfig(inputs.facts.tlsProfile).faults;
}

/** OpenShift gives pods a user of the namespace, and refuses another. */
function userFaults({ options, platform }: Context) {
  if (platform !== 'OpenShift') return [];
  return Object.entries(options.components ?? {}).flatMap(([kind, component]) => {
    const { runAsUser, fsGroup } = component.podSecurityContext ?? {};
    if (runAsUser === undefined && fsGroup === undefined) return [];
    const message = 'states a user or group, which OpenShift refuses';
    const path = `spec.components.${kind}.podSecurityContext`;
    return [{ path, message, hint: 'Take it out: OpenShift chooses them.', reason: 'OptionsInvalid' as const }];
  });
}

function sizeFaults({ inputs, names }: Context, secrets: Readonly<Record<string, SecretContents>>): readonly Fault[] {
  const { text, binary = {} } = secrets[names.configSecret] ?? { text: {} };
  const bytes = [...Object.values(text), ...Object.values(binary)].reduce(
    (sum, part) => sum + Buffer.byteLength(part),
    0,
  );
  const isKnown = inputs.bundle.faults.some(({ message }) => message.startsWith('would hold'));
  return isKnown ? [] : tooLarge(bytes).map(ofConfiguration(inputs));
}

import { type FaultText } from '../faults.js';
import { type Context, isManaged } from '../settings/context.js';

/** What builds by Quay cannot do without. */
export function builderFaults(context: Context): readonly FaultText[] {
  const { options, inputs, hostnames } = context;
  const { builders } = options;
  if (builders === undefined) return [];
  const path = 'spec.builders';
  const reason = 'OptionsInvalid';
  const { name, key } = builders.tokenSecretRef;
  const token: FaultText = {
    path: `${path}.tokenSecretRef`,
    message: `the Secret ${name} has no key ${key} that could be read`,
    hint: `Create it with a token of the service account ${builders.serviceAccount} in ${builders.namespace}.`,
    reason,
  };
  const host: FaultText = {
    path,
    message: 'builds need a host of their own, and there is none',
    hint: 'Set BUILDMAN_HOSTNAME in config.yaml.',
    reason,
  };
  const file = `extra_ca_cert_${builders.authorityFile ?? ''}`;
  const authority: FaultText = {
    path: `${path}.authorityFile`,
    message: `the bundle has no ${file}`,
    hint: 'Put the authority of the API server there.',
    reason,
  };
  const needsHost =
    hostnames.builder === undefined && !(isManaged(context, 'route') && inputs.facts.appsDomain === undefined);
  return [
    ...(inputs.facts.builderToken === undefined ? [token] : []),
    ...(needsHost ? [host] : []),
    ...(builders.authorityFile !== undefined && !Object.hasOwn(inputs.bundle.files, file) ? [authority] : []),
  ];
}

import { type Context } from '../settings/context.js';
import { type ConfigMapping } from './value.js';

/** What the nodes and the network of the cluster ask of Quay, where the user says nothing. */
export function platformSettings({ inputs }: Context): ConfigMapping {
  const { ipFamilies = ['IPv4'], fips } = inputs.facts;
  const [first = 'IPv4', second] = ipFamilies;
  const listen = second === undefined ? first : 'dual-stack';
  return {
    ...(listen !== 'IPv4' && { FEATURE_LISTEN_IP_VERSION: listen }),
    ...(fips === true && { FEATURE_FIPS: true }),
  };
}

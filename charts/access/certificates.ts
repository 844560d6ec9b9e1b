import { names } from '../parts/names.js';
import { type Grant, rule } from './rule.js';

const secrets = [names.authoritySecret, names.certificateSecret];

/** What making certificates needs in the namespace: the two Secrets, one of which holds the CA's key. */
export function certificateNamespaceGrant(): Grant {
  // The name of what is created is not known to the one who decides.
  const rules = [rule('', 'secrets', 'get patch', secrets), rule('', 'secrets', 'create')];
  return { feature: 'certificates', rules };
}

/** What renewing them, or looking whether others did, needs beside: to hear of changes. */
export function certificateWatchGrant(watched: readonly string[] = secrets): Grant {
  return { feature: 'certificate-watch', rules: [rule('', 'secrets', 'get list watch', watched)] };
}

/** What the Job needs in the whole cluster: to write the caBundle. */
export function certificateGrants(): readonly Grant[] {
  const configuration = rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'get patch', [
    names.webhookConfiguration,
  ]);
  return [{ feature: 'certificates', rules: [configuration] }];
}

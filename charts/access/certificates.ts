import { names } from '../parts/names.js';
import { type Grant, rule } from './rule.js';

/** What making certificates needs in the namespace: the two Secrets, one of which holds the authority's key. */
export function certificateNamespaceGrant(): Grant {
  const secrets = [names.authoritySecret, names.certificateSecret];
  return {
    feature: 'certificates',
    rules: [rule('', 'secrets', 'get list watch patch', secrets), rule('', 'secrets', 'create')],
  };
}

/** What the Job needs in the whole cluster: to tell the API server whom to trust. */
export function certificateGrants(): readonly Grant[] {
  const configuration = rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'get patch', [
    names.webhookConfiguration,
  ]);
  return [{ feature: 'certificates', rules: [configuration] }];
}

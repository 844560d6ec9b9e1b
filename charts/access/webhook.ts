import { names } from '../parts/names.js';
import { lookups, ownApis } from './apis.js';
import { type Grant, rule } from './rule.js';

/** What the webhook may read in the whole cluster. It writes nothing. */
export function webhookGrants(): readonly Grant[] {
  return [
    {
      feature: 'webhook',
      rules: [
        rule('', 'namespaces', 'list watch'),
        rule('quay.redhat.com', 'quayintegrations', 'list watch'),
        rule('redhatcop.redhat.io', 'quayintegrations', 'list watch'),
        rule('quayside.dev', 'quayorganizations', 'list watch'),
        ...lookups(ownApis()),
      ],
    },
  ];
}

/** What the webhook may read in its own namespace: the certificate that it shows. */
export function webhookNamespaceGrant(certificateSecret: string = names.certificateSecret): Grant {
  return { feature: 'webhook', rules: [rule('', 'secrets', 'list watch', [certificateSecret])] };
}

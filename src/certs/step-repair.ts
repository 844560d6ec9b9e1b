import { type Repair, resourceTypes } from '../kube/index.js';
import { type CertificateOptions } from './options.js';
import { type Plan, type Step } from './plan.js';
import { configurationType } from './webhook-configuration.js';

/** Under which name the repairs of the certificates are remembered. */
export const certificatesOwner = 'webhook certificates';

/** A step as something that is kept. A new bundle is another thing to publish; a certificate is another one each time it is made. */
export function stepRepair(
  step: Step,
  options: CertificateOptions,
  { bundle, stored }: Pick<Plan, 'bundle' | 'stored'>,
): Repair {
  const { namespace, authoritySecret, certificateSecret } = options;
  const secret = (name: string, part: string, content: string): Repair => ({
    ...repairOf(resourceTypes.secret, { namespace, name }, `${part} in Secret ${namespace}/${name}`),
    content,
  });
  switch (step.act) {
    case 'MakeAuthority':
      return secret(authoritySecret, 'the authority', '');
    case 'MakeLeaf':
      return secret(certificateSecret, 'the certificate', '');
    case 'StoreBundle':
      return secret(certificateSecret, 'ca.crt', stored);
    case 'Publish': {
      const { configuration: name } = step;
      const what = `the caBundle in ${configurationType.kind} ${name}`;
      return { ...repairOf(configurationType, { name }, what), content: bundle };
    }
  }
}

type Target = Required<Repair>['target'];

function repairOf(type: Target['type'], named: Target['named'], what: string): Omit<Repair, 'content'> {
  const { apiVersion, kind } = type;
  return {
    owner: certificatesOwner,
    kind,
    what,
    target: { type, named },
    regarding: { apiVersion, kind, ...named },
  };
}

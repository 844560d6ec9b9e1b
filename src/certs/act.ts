import { type KubeClient } from '../kube/index.js';
import { type Gathered } from './gather.js';
import { type Made } from './make.js';
import { type CertificateOptions, serverNames } from './options.js';
import { type Plan, type Step } from './plan.js';
import { type FoundSecret, writeSecret } from './secret-store.js';
import { publish } from './webhook-configuration.js';

/** The input of one step. */
export interface ActContext {
  readonly gathered: Gathered;
  readonly plan: Plan;
  readonly now: number;
}

/** Makes one write; what makes certificates is loaded only then. `Contended` when its input has changed since. */
export async function act(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  step: Step,
  { gathered, plan, now }: ActContext,
): Promise<'Written' | 'Contended'> {
  const { namespace, authoritySecret, certificateSecret } = options;
  const leafNamed = { namespace, name: certificateSecret };
  switch (step.act) {
    case 'MakeAuthority': {
      const { makeCa } = await import('./make.js');
      const made = await makeCa(now);
      return writeSecret(client, { namespace, name: authoritySecret }, gathered.caPair, pairData(made));
    }
    case 'StoreBundle':
      return writeSecret(client, leafNamed, gathered.leaf, { 'ca.crt': plan.stored });
    case 'Publish': {
      const read = gathered.facts.configurations.find(({ name }) => name === step.configuration);
      return read === undefined ? 'Contended' : publish(client, read, plan.bundle);
    }
    case 'MakeLeaf': {
      const { makeLeaf } = await import('./make.js');
      const made = await makeLeaf(heldBy(gathered.caPair), serverNames(options), now);
      return writeSecret(client, leafNamed, gathered.leaf, { ...pairData(made), 'ca.crt': plan.stored });
    }
  }
}

function pairData({ certificate, key }: Made): Readonly<Record<string, string>> {
  return { 'tls.crt': certificate, 'tls.key': key };
}

function heldBy(secret: FoundSecret | undefined): Made {
  return { certificate: secret?.data.get('tls.crt') ?? '', key: secret?.data.get('tls.key') ?? '' };
}

import { certificatesIn } from '../../src/certs/certificate.js';
import { type Facts } from '../../src/certs/facts.js';
import { makeCa, makeLeaf, type Made } from '../../src/certs/make.js';
import { caOf, leafOf } from '../../src/certs/pair.js';
import { type Plan, type Step } from '../../src/certs/plan.js';

export const names = ['hook.home.svc', 'hook.home.svc.cluster.local'];

/** What lies in the cluster, as texts. */
export interface Fixture {
  readonly caPair: Partial<Made>;
  readonly leaf: Partial<Made>;
  readonly stored: string;
  /** By name of the configuration, for each of its webhooks. */
  readonly published: Readonly<Record<string, readonly string[]>>;
}

export const nothing: Fixture = { caPair: {}, leaf: {}, stored: '', published: { quayside: [''] } };

/** What a decision sees of it. */
export function factsOf({ caPair, leaf, stored, published }: Fixture): Facts {
  const bundle = (text: string) => ({ text, certificates: certificatesIn(text) });
  return {
    caPair: caOf(caPair.certificate, caPair.key),
    leaf: leafOf(names, leaf.certificate, leaf.key),
    stored: bundle(stored),
    configurations: Object.entries(published).map(([name, texts]) => ({ name, webhooks: texts.map(bundle) })),
    absent: [],
  };
}

/** The world after one write. */
export async function after(fixture: Fixture, step: Step, { bundle, stored }: Plan, now: number): Promise<Fixture> {
  switch (step.act) {
    case 'MakeAuthority':
      return { ...fixture, caPair: await makeCa(now) };
    case 'StoreBundle':
      return { ...fixture, stored };
    case 'Publish': {
      const webhooks = fixture.published[step.configuration] ?? [];
      return { ...fixture, published: { ...fixture.published, [step.configuration]: webhooks.map(() => bundle) } };
    }
    case 'MakeLeaf': {
      const { certificate = '', key = '' } = fixture.caPair;
      return { ...fixture, leaf: await makeLeaf({ certificate, key }, names, now), stored };
    }
  }
}

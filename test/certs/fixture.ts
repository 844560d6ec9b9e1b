import { certificatesIn } from '../../src/certs/certificate.js';
import { type Facts } from '../../src/certs/facts.js';
import { makeAuthority, makeLeaf, type Made } from '../../src/certs/make.js';
import { authorityOf, leafOf } from '../../src/certs/pair.js';
import { type Plan, type Step } from '../../src/certs/plan.js';

export const names = ['hook.home.svc', 'hook.home.svc.cluster.local'];

/** What lies in the cluster, as texts. */
export interface World {
  readonly authority: Partial<Made>;
  readonly leaf: Partial<Made>;
  readonly stored: string;
  /** By name of the configuration, for each of its webhooks. */
  readonly published: Readonly<Record<string, readonly string[]>>;
}

export const nothing: World = { authority: {}, leaf: {}, stored: '', published: { quayside: [''] } };

/** What a decision sees of it. */
export function factsOf({ authority, leaf, stored, published }: World): Facts {
  const bundle = (text: string) => ({ text, certificates: certificatesIn(text) });
  return {
    authority: authorityOf(authority.certificate, authority.key),
    leaf: leafOf(names, leaf.certificate, leaf.key),
    stored: bundle(stored),
    configurations: Object.entries(published).map(([name, texts]) => ({ name, webhooks: texts.map(bundle) })),
    absent: [],
  };
}

/** The world after one write. */
export async function after(world: World, step: Step, { bundle }: Plan, now: number): Promise<World> {
  switch (step.act) {
    case 'MakeAuthority':
      return { ...world, authority: await makeAuthority(now) };
    case 'StoreBundle':
      return { ...world, stored: bundle };
    case 'Publish': {
      const webhooks = world.published[step.configuration] ?? [];
      return { ...world, published: { ...world.published, [step.configuration]: webhooks.map(() => bundle) } };
    }
    case 'MakeLeaf': {
      const { certificate = '', key = '' } = world.authority;
      return { ...world, leaf: await makeLeaf({ certificate, key }, names, now), stored: bundle };
    }
  }
}

import { pruneKey } from '../../../src/plan/managed-items.js';
import type { Hand } from './ask.js';
import { here, there, findIn, type HandChange, type Spec } from './change.js';

interface Quota {
  readonly id: number;
  readonly limits: readonly { readonly id: number; readonly type: string; readonly limit_percent: number }[];
}

async function quotaOf(hand: Hand): Promise<Quota> {
  const [quota] = (await hand.ask('GET', `${here}/quota`)) as Quota[];
  if (quota === undefined) throw new Error('there is no quota');
  return quota;
}

/** The quota and its limits. */
export function quotaChanges({ quota }: Spec): HandChange[] {
  if (quota === undefined) return [];
  const warn = (type: string, percent: number): string =>
    `${type === 'Reject' ? 'reject pushes' : 'warn'} at ${percent}% of the quota`;
  return [
    {
      kind: 'quota deleted',
      about: '',
      make: async (hand) => {
        const { id, limits } = await quotaOf(hand);
        for (const limit of limits) await hand.tries('DELETE', `${here}/quota/${id}/limit/${limit.id}`);
        await hand.ask('DELETE', `${here}/quota/${id}`);
      },
      back: [`set the quota to ${quota.size}`, ...quota.limits.map(({ type, percent }) => warn(type, percent))],
    },
    {
      kind: 'quota resized',
      about: '',
      make: async (hand) =>
        hand.ask('PUT', `${here}/quota/${(await quotaOf(hand)).id}`, { limit_bytes: 7 * 1024 ** 2 }),
      back: [`set the quota to ${quota.size}, was 7Mi`],
    },
    ...quota.limits.flatMap(({ type, percent }): HandChange[] => {
      const at = async (hand: Hand): Promise<string> => {
        const { id, limits } = await quotaOf(hand);
        const limit = limits.find((one) => one.type === type && one.limit_percent === percent);
        return `${here}/quota/${id}/limit/${limit?.id}`;
      };
      return [
        {
          kind: 'limit deleted',
          about: `${type} ${percent}`,
          make: async (hand) => hand.ask('DELETE', await at(hand)),
          back: [warn(type, percent)],
        },
        {
          kind: 'limit moved',
          about: `${type} ${percent}`,
          make: async (hand) => hand.ask('PUT', await at(hand), { threshold_percent: 33 }),
          back: [warn(type, percent)],
          leaves: true,
        },
      ];
    }),
  ];
}

interface PublishSession {
  readonly at: string;
  readonly words: string;
  readonly autoPrune: Spec['autoPrune'];
  readonly immutability: Spec['immutability'];
}

function placesOf({ autoPrune, immutability, repositories }: Spec): PublishSession[] {
  return [
    { at: here, words: 'in every repository', autoPrune, immutability },
    ...repositories.map((repository) => ({
      at: there(repository.name),
      words: `in ${repository.name}`,
      autoPrune: repository.autoPrune,
      immutability: repository.immutability,
    })),
  ];
}

interface Policy {
  readonly uuid: string;
  readonly method: string;
  readonly value: string | number;
  readonly tagPattern: string | null;
  readonly tagPatternMatches: boolean;
}

/** Policies that prune tags. */
export function autoPruneChanges(spec: Spec): HandChange[] {
  return placesOf(spec).flatMap(({ at, words, autoPrune = [] }) =>
    autoPrune.flatMap((policy): HandChange[] => {
      const find = async (hand: Hand): Promise<string> => {
        const { uuid } = await findIn<Policy>(
          hand,
          `${at}/autoprunepolicy/`,
          'policies',
          ({ value, tagPattern, tagPatternMatches }) =>
            value === (policy.numberOfTags ?? policy.olderThan) &&
            (tagPattern ?? undefined) === policy.tagPattern &&
            tagPatternMatches === policy.tagPatternMatches,
        );
        return `${at}/autoprunepolicy/${uuid}`;
      };
      const body = { method: 'number_of_tags', value: 77 };
      const session = { about: `${words} ${pruneKey(policy)}`, back: [`prune tags ${words}: ${pruneKey(policy)}`] };
      return [
        { kind: 'pruning deleted', ...session, make: async (hand) => hand.ask('DELETE', await find(hand)) },
        {
          kind: 'pruning changed',
          ...session,
          make: async (hand) => hand.ask('PUT', await find(hand), body),
          leaves: true,
        },
      ];
    }),
  );
}

/** Policies that keep tags as they are. */
export function immutabilityChanges(spec: Spec): HandChange[] {
  return placesOf(spec).flatMap(({ at, words, immutability = [] }) =>
    immutability.flatMap(({ tagPattern, tagPatternMatches }): HandChange[] => {
      const find = async (hand: Hand): Promise<string> => {
        const list = `${at}/immutabilitypolicy/`;
        const found = await findIn<Policy>(hand, list, 'policies', (policy) => policy.tagPattern === tagPattern);
        return `${list}${found.uuid}`;
      };
      const about = `${words} ${tagPattern}`;
      const back = `make tags ${tagPatternMatches ? '' : 'other than '}${tagPattern} immutable ${words}`;
      const flipped = { tagPattern, tagPatternMatches: !tagPatternMatches };
      const moved = { tagPattern: 'by-hand', tagPatternMatches };
      return [
        {
          kind: 'immutability deleted',
          about,
          make: async (hand) => hand.ask('DELETE', await find(hand)),
          back: [back],
        },
        {
          kind: 'immutability turned round',
          about,
          make: async (hand) => hand.ask('PUT', await find(hand), flipped),
          back: [`${back} instead`],
        },
        {
          kind: 'immutability moved',
          about,
          make: async (hand) => hand.ask('PUT', await find(hand), moved),
          back: [back],
          leaves: true,
        },
      ];
    }),
  );
}

/** The registry that the organization caches. */
export function proxyCacheChanges({ proxyCache }: Spec): HandChange[] {
  if (proxyCache === undefined) return [];
  const { upstreamRegistry, expirationSeconds, insecure } = proxyCache;
  const back = [`cache ${upstreamRegistry}${insecure ? ' over plain HTTP' : ''}`];
  const replace =
    (change: object): HandChange['make'] =>
    async (hand) => {
      await hand.ask('DELETE', `${here}/proxycache`);
      const same = { upstream_registry: upstreamRegistry, expiration_s: expirationSeconds, insecure };
      await hand.ask('POST', `${here}/proxycache`, { ...same, ...change });
    };
  return [
    { kind: 'proxy cache deleted', about: '', make: (hand) => hand.ask('DELETE', `${here}/proxycache`), back },
    { kind: 'other upstream', about: '', make: replace({ upstream_registry: 'registry.example.com/by-hand' }), back },
    { kind: 'other time in the cache', about: '', make: replace({ expiration_s: 77 }), back },
    { kind: 'proxy cache made (in)secure', about: '', make: replace({ insecure: !insecure }), back },
  ];
}

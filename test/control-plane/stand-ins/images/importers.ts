import type { Reply } from '../../proxy/serve.js';
import type { Api, Fields } from '../front/api.js';
import { importImages } from './import.js';
import { failures, type Outcome, type Times } from './registry.js';

/** An import that was asked for. */
export interface AskedImport {
  readonly stream: string;
  readonly tag: string;
  readonly from: string;
  readonly spec: Fields;
  readonly metadata: Fields;
  /** What it was answered with; undefined while nobody knows. */
  status?: number;
}

/** The imports of one namespace, and the registry that they come from. */
export interface Importer {
  /** The imports so far, in their order; grows. */
  readonly asked: AskedImport[];
  /** Every import from now on ends like this. */
  readonly answer: (outcome: Outcome) => void;
  /** Happens once, between the read of the stream and the answer of the registry. */
  readonly meanwhile: (happens: () => Promise<unknown>) => void;
}

/** An import on its way. */
export interface Arriving {
  readonly caller: Api;
  readonly namespace: string;
  readonly body: Fields;
  readonly dryRun: boolean;
}

/** The imports of all namespaces. */
export interface Importers {
  readonly of: (namespace: string) => Importer;
  readonly run: (arriving: Arriving) => Promise<Reply>;
}

type Kept = Importer & { outcome: Outcome; happens: () => Promise<unknown> };

const nothing = (): Promise<void> => Promise.resolve();

/** Until a test says otherwise, no registry has anything. */
export function createImporters(server: Api, times: Times): Importers {
  const known = new Map<string, Kept>();
  const of = (namespace: string): Kept => {
    const one = known.get(namespace) ?? {
      asked: [],
      outcome: failures.notFound,
      happens: nothing,
      answer: (outcome: Outcome) => void (of(namespace).outcome = outcome),
      meanwhile: (happens: () => Promise<unknown>) => void (of(namespace).happens = happens),
    };
    known.set(namespace, one);
    return one;
  };
  return {
    of,
    run: async ({ caller, namespace, body, dryRun }) => {
      const registry = of(namespace);
      const asked = askedOf(body);
      if (!dryRun) registry.asked.push(asked);
      const meanwhile = (): Promise<unknown> => {
        const { happens } = registry;
        registry.happens = nothing;
        return happens();
      };
      const importing = { caller, server, outcome: () => registry.outcome, meanwhile, times };
      const reply = await importImages(importing, { namespace, body, dryRun });
      asked.status = reply.status;
      return reply;
    },
  };
}

function askedOf({ metadata, spec }: Fields): AskedImport {
  const { images = [] } = spec as { images?: readonly { from: { name: string }; to?: { name: string } }[] };
  const [image] = images;
  const { name } = metadata as { name: string };
  return {
    stream: name,
    tag: image?.to?.name ?? '',
    from: image?.from.name ?? '',
    spec: spec as Fields,
    metadata: metadata as Fields,
  };
}

import type { Calls } from './calls.js';

interface Item {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Gives them as the API server has them. */
type Write = (objects: readonly object[]) => Promise<readonly unknown[]>;
type Expect = Pick<Calls, 'expect'>;

/** Creates objects as `kubectl create` does, one after the other, without the start of a kubectl; strict as that is if told so. */
export function createWith({ expect }: Expect, { strict = false } = {}): (objects: readonly object[]) => Promise<void> {
  const options = strict ? '?fieldValidation=Strict' : '';
  const create = each({ expect }, (collection, item) => expect('POST', `${collection}${options}`, item));
  return async (objects) => void (await create(objects));
}

/** The same as `kubectl apply --server-side --force-conflicts` does. */
export function applyWith({ expect }: Expect): Write {
  const options = '?fieldManager=kubectl&force=true&fieldValidation=Strict';
  return each({ expect }, (collection, item) =>
    expect('PATCH', `${collection}/${item.metadata.name}${options}`, item, 'application/apply-patch+yaml'),
  );
}

function each({ expect }: Expect, write: (collection: string, item: Item) => Promise<unknown>): Write {
  const known = new Map<string, Resource>();
  const resourceOf = async ({ apiVersion, kind }: Item): Promise<Resource> => {
    const found = known.get(`${apiVersion}/${kind}`);
    if (found !== undefined) return found;
    const { resources } = await expect<{ resources: readonly Resource[] }>('GET', rootOf(apiVersion));
    for (const one of resources) if (!one.name.includes('/')) known.set(`${apiVersion}/${one.kind}`, one);
    const listed = known.get(`${apiVersion}/${kind}`);
    if (listed === undefined) throw new Error(`the API server has no ${kind} in ${apiVersion}`);
    return listed;
  };
  return async (objects) => {
    const written: unknown[] = [];
    for (const object of objects) {
      const item = object as Item;
      const { name, namespaced } = await resourceOf(item);
      const within = namespaced ? `/namespaces/${item.metadata.namespace ?? 'default'}` : '';
      written.push(await write(`${rootOf(item.apiVersion)}${within}/${name}`, item));
    }
    return written;
  };
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

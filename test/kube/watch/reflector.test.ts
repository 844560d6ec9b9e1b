import { afterEach, describe, expect, test } from '@jest/globals';
import { RetryableError } from '../../../src/errors/index.js';
import { type Fields, objectOrEmpty } from '../../../src/json/index.js';
import { type Reflector } from '../../../src/kube/watch/cache.js';
import { type HandlerFault, type ReflectorOptions, type WatchRequest } from '../../../src/kube/watch/options.js';
import { createReflector } from '../../../src/kube/watch/reflector.js';
import { fakeClock } from '../../support/fake-clock.js';
import { page, scriptedClient, type ScriptedClient, managedItem } from '../../support/scripted-client.js';

const clock = fakeClock();
const running: Reflector<string>[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const nameOf: WatchRequest<string>['keep'] = (object) => String(objectOrEmpty(object.metadata).name);

function reflect(
  client: ScriptedClient,
  request: Partial<WatchRequest<string>> = {},
  options: ReflectorOptions = {},
): { reflector: Reflector<string>; keys: string[]; faults: HandlerFault[]; reasons: string[] } {
  const keys: string[] = [];
  const faults: HandlerFault[] = [];
  const reasons: string[] = [];
  const reflector = createReflector(
    client,
    { resource: 'things', path: '/things', keep: nameOf, ...request },
    {
      clock,
      random: () => 1,
      onFault: (fault) => faults.push(fault),
      onRestart: ({ reason }) => reasons.push(reason),
      ...options,
    },
  );
  reflector.subscribe((key) => keys.push(key));
  running.push(reflector);
  reflector.start();
  return { reflector, keys, faults, reasons };
}

const queries = ({ calls }: ScriptedClient, verb: string): URLSearchParams[] =>
  calls.filter((call) => call.verb === verb).map(({ query }) => query);

describe('the list', () => {
  test('is read in pages, of what was selected and as little as was asked for', async () => {
    const client = scriptedClient((query) =>
      query.has('continue') ? page([managedItem('b', '2')]) : page([managedItem('a', '1')], { continue: 'more' }),
    );
    const { reflector, keys } = reflect(client, { labelSelector: 'a=b', fieldSelector: 'type=c', light: true });
    expect(await reflector.filled()).toBe(true);
    expect(reflector.cache.listing()).toEqual({ known: true, items: ['a', 'b'] });
    expect(keys).toEqual(['a', 'b']);
    await clock.pass(0);
    for (const { query, accept } of client.calls) {
      expect([query.get('labelSelector'), query.get('fieldSelector')]).toEqual(['a=b', 'type=c']);
      expect(accept).toContain('as=PartialObjectMetadata');
    }
    expect(queries(client, 'list').map((query) => query.get('limit'))).toEqual(['500', '500']);
  });

  test('that is forgotten between its pages is begun anew, and at last read in one', async () => {
    const client = scriptedClient((query) => {
      if (query.has('continue')) return { status: 410, body: {} };
      return query.has('limit')
        ? page([managedItem('a', '1')], { continue: 'more' })
        : page([managedItem('a', '1'), managedItem('b', '2')]);
    });
    const { reflector, reasons } = reflect(client);
    await reflector.filled();
    expect(reflector.cache.size()).toBe(2);
    expect(reasons).toEqual([]);
  });

  test('is unknown until it was read, and says why', async () => {
    let status = 503;
    const client = scriptedClient(() => (status === 200 ? page([]) : { status, body: { message: 'starting' } }));
    const { reflector, reasons } = reflect(client);
    expect(reflector.cache.listing()).toEqual({ known: false, reason: 'things have not been listed yet' });
    await clock.pass(300);
    expect(reflector.cache.fault()).toMatch(/cannot list things: the API server answered 503, starting/);
    expect(reflector.cache.synced()).toBe(false);
    status = 200;
    await clock.pass(600);
    expect(reflector.cache.listing()).toEqual({ known: true, items: [] });
    expect(reasons).toEqual(['unavailable', 'unavailable']);
  });

  test('is asked for again when the server says so', async () => {
    let calls = 0;
    const client = scriptedClient(() => {
      calls += 1;
      return calls === 1 ? { status: 429, body: {}, retryAfter: 9 } : page([]);
    });
    const { reflector } = reflect(client);
    await clock.pass(8_900);
    expect(calls).toBe(1);
    await clock.pass(200);
    expect(reflector.cache.synced()).toBe(true);
  });
});

describe('the watch', () => {
  const put = (name: string, version: string): Fields => ({ type: 'MODIFIED', object: managedItem(name, version) });

  test('goes on from the last bookmark when the server ends it, and asks for minutes', async () => {
    const client = scriptedClient(() => page([managedItem('a', '1')]));
    const { reasons } = reflect(client, {}, { random: () => 0.5 });
    await clock.pass(0);
    client.watching().print({ type: 'BOOKMARK', object: managedItem('', '77') });
    await clock.pass(0);
    client.watching().end();
    await clock.pass(0);
    const watches = queries(client, 'watch');
    expect(watches.map((query) => query.get('resourceVersion'))).toEqual(['10', '77']);
    expect(watches.map((query) => query.get('allowWatchBookmarks'))).toEqual(['true', 'true']);
    expect(watches[0]?.get('timeoutSeconds')).toBe('390');
    expect(reasons).toEqual(['ended']);
  });

  test('tells keys of what changed, and keeps what is the same to itself', async () => {
    const client = scriptedClient(() => page([managedItem('a', '1')]));
    const { reflector, keys } = reflect(client, { same: (before, after) => before === after });
    await clock.pass(0);
    client.watching().print(put('a', '11'));
    client.watching().print(put('b', '12'));
    client.watching().print({ type: 'DELETED', object: managedItem('a', '13') });
    await clock.pass(0);
    expect(keys).toEqual(['a', 'b', 'a']);
    expect(reflector.cache.list()).toEqual(['b']);
  });

  test('that is too old is listed anew: what went meanwhile is gone', async () => {
    let items = [managedItem('a', '1'), managedItem('b', '1')];
    const client = scriptedClient(() => page(items));
    const { reflector, keys, reasons } = reflect(client);
    await clock.pass(0);
    items = [managedItem('b', '1'), managedItem('c', '2')];
    client.watching().print({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
    await clock.pass(0);
    expect(keys).toEqual(['a', 'b', 'c', 'a']);
    expect(reflector.cache.list()).toEqual(['b', 'c']);
    expect(reasons).toEqual(['expired']);
  });

  test('that ends at once each time is not opened in a tight loop', async () => {
    const client = scriptedClient(
      () => page([]),
      () => new RetryableError('ClusterUnreachable', 'cut'),
    );
    const { reflector } = reflect(client);
    await clock.pass(60_000);
    expect(client.calls.length).toBeLessThan(25);
    expect(reflector.cache.listing()).toMatchObject({ known: false, reason: 'cut' });
  });

  test('shows its age', async () => {
    const client = scriptedClient(() => page([]));
    const { reflector } = reflect(client);
    expect(reflector.cache.age()).toBeUndefined();
    await clock.pass(0);
    await clock.pass(42_000);
    expect(reflector.cache.age()).toBe(42);
    client.watching().print({ type: 'BOOKMARK', object: managedItem('', '77') });
    await clock.pass(0);
    expect(reflector.cache.age()).toBe(0);
  });
});

describe('what is ours and throws', () => {
  test('a handler is reported, and the others hear all the same', async () => {
    const client = scriptedClient(() => page([managedItem('a', '1')]));
    const { reflector, keys, faults } = reflect(client);
    reflector.subscribe(() => {
      throw new Error('mine');
    });
    const after: string[] = [];
    reflector.subscribe((key) => after.push(key));
    await clock.pass(0);
    expect([keys, after]).toEqual([['a'], ['a']]);
    expect(faults).toEqual([{ resource: 'things', key: 'a', error: new Error('mine') }]);
  });

  test('an object that cannot be read makes the list unknown, until it can', async () => {
    const client = scriptedClient(() => page([managedItem('a', '1'), managedItem('bad', '1')]));
    const keep: WatchRequest<string>['keep'] = (object) => {
      if (nameOf(object) === 'bad' && objectOrEmpty(object.metadata).resourceVersion === '1')
        throw new Error('unreadable');
      return nameOf(object);
    };
    const { reflector, faults, keys } = reflect(client, { keep });
    await clock.pass(0);
    expect(reflector.cache.listing()).toEqual({ known: false, reason: 'bad cannot be read' });
    expect(reflector.cache.list()).toEqual(['a']);
    expect(faults).toHaveLength(1);
    client.watching().print({ type: 'MODIFIED', object: managedItem('bad', '11') });
    await clock.pass(0);
    expect(reflector.cache.listing()).toEqual({ known: true, items: ['a', 'bad'] });
    expect(keys).toEqual(['a', 'bad', 'bad']);
  });
});

describe('who listens', () => {
  test('late hears of what is there, and nothing more once he has left', async () => {
    const client = scriptedClient(() => page([managedItem('a', '1')]));
    const { reflector } = reflect(client);
    await clock.pass(0);
    const heard: string[] = [];
    const leave = reflector.subscribe((key) => heard.push(key));
    leave();
    client.watching().print({ type: 'ADDED', object: managedItem('b', '11') });
    await clock.pass(0);
    expect(heard).toEqual(['a']);
  });

  test('a reflector that is stopped asks for nothing more', async () => {
    const client = scriptedClient(() => ({ status: 503, body: {} }));
    const { reflector } = reflect(client);
    await clock.pass(0);
    await reflector.stop();
    expect(await reflector.filled()).toBe(false);
    await clock.pass(60_000);
    expect(client.calls).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { acceptOwnershipAnnotation, requesterAnnotation } from '../../src/api/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { type Fixture, openFixture, specOf } from '../operator/organizations/fixture.js';

const name = 'openshift.shop';
const pullSecret = { name: 'builder-quay-openshift', serviceAccount: 'builder' };
const spec = specOf({ robots: [{ name: 'builder', role: 'write', pullSecret }] });

let fixture: Fixture;
const namespace = (uid: string, requester?: string): void =>
  fixture.put(resourceTypes.namespace, {
    metadata: {
      name: 'shop',
      uid,
      ...(requester !== undefined && { annotations: { [requesterAnnotation]: requester } }),
    },
  });
const quay = () => [...fixture.quays.values()][0];
const secretWrites = (): readonly string[] => fixture.asked.filter((call) => call.includes('/secrets/'));

beforeEach(async () => {
  fixture = await openFixture();
  namespace('first', 'ann');
  fixture.state(name, spec);
  await fixture.ready(name);
  // Its pull secret went with the namespace.
  fixture.remove(resourceTypes.secret, pullSecret.name);
  fixture.asked.splice(0);
  quay()?.requests.reset();
});
afterEach(() => fixture.close());

describe('S21: a namespace that was deleted and made again unnoticed', () => {
  test.each([
    ['somebody else', 'bob'],
    ['nobody that the cluster names', undefined],
  ] as const)('S21: by %s gets no token and no write, and no build is pointed there', async (_, requester) => {
    namespace('second', requester);
    await fixture.ready(name, { status: 'False', reason: 'NamespaceReplaced' });
    expect(secretWrites().filter((call) => call.startsWith('patch'))).toEqual([]);
    expect(quay()?.requests.writes()).toEqual([]);
    expect(fixture.status(name).robots).toBeUndefined();
    // Nor later, when nothing seems to have changed.
    await fixture.pass(name);
    fixture.resync(name);
    await fixture.pass(name);
    expect(fixture.secret(pullSecret.name)).toBeUndefined();
  });

  test('S21: by the same requester goes on, and its mark names the new one', async () => {
    namespace('second', 'ann');
    await fixture.until(() => expect(fixture.status(name).ownership?.namespaceUID).toBe('second'));
    await fixture.ready(name);
    expect(fixture.secret(pullSecret.name)).toBeDefined();
    expect(fixture.events.map(({ reason }) => reason)).toContain('NamespaceRecreated');
  });

  test('S21: goes on once a person agrees to what the list says', async () => {
    namespace('second', 'bob');
    await fixture.ready(name, { status: 'False', reason: 'NamespaceReplaced' });
    const known = [...fixture.known.values()][0];
    const hash = fixture.uncertain()?.hash;
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    if (known === undefined) throw new Error('there is no integration');
    const annotations = { [acceptOwnershipAnnotation]: hash ?? '' };
    const { integration } = known;
    fixture.connect('quay', {
      integration: { ...integration, metadata: { ...integration.metadata, annotations } },
    });
    await fixture.ready(name);
    expect(fixture.secret(pullSecret.name)).toBeDefined();
    expect(fixture.uncertain()).toBeUndefined();
  });
});

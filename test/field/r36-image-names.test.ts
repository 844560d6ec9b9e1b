import { describe, expect, test } from '@jest/globals';
import { decide } from '../../src/builds/index.js';
import { build, situation } from '../fixtures/builds/decisions.js';
import { cluster, documentOf, integration, namespace, rendered, streams } from '../fixtures/snapshot.js';

/** `quay.example.test:8443/openshift_shop/` */
const place = 'quay.example.test:8443/openshift_shop/'.length;
const ofLength = (length: number): string => 'a'.repeat(length);
const decision = (output: string) => decide(build(output), 'shop', situation());

describe('R36 the output of a Build', () => {
  test.each([255 - place, 1])('R36 is rewritten where host and path are not too long (%d characters)', (length) => {
    expect(decision(`${ofLength(length)}:latest`)).toMatchObject({ decision: 'Rewritten' });
  });

  test.each([255 - place + 1, 240, 253])(
    'R36 stays where the image would be too long with its host (%d characters)',
    (length) => {
      expect(decision(`${ofLength(length)}:latest`)).toMatchObject({
        decision: 'Unchanged',
        reason: 'InvalidOutput',
        warning: expect.stringContaining('255 characters'),
      });
    },
  );

  test.each(['web', 'a--b:x', 'a__b:x', 'a-:x', '-a:x', 'Web:x', 'a..b:x', 'a:b:c', 'web:', ':x', 'a/b:x'])(
    'R36 stays where OpenShift would not take it: %s',
    (output) => {
      expect(decision(output)).toMatchObject({
        decision: 'Unchanged',
        reason: 'InvalidOutput',
        warning: expect.stringContaining(output),
      });
    },
  );

  test.each(['web:latest', 'a-b.c_d:V_1.x-y', 'httpd-2.4:_x', 'a:1'])(
    'R36 is rewritten where it takes it: %s',
    (output) => {
      expect(decision(output)).toMatchObject({ decision: 'Rewritten' });
    },
  );

  test('R36 the warning for an output without a tag says how one is written', () => {
    expect(decision('web')).toMatchObject({ warning: expect.stringContaining('name:latest') });
  });
});

test('R36 an image stream whose image would be too long with its host gets no repository, and is told', () => {
  const [fits, tooLong] = [ofLength(255 - 'quay.example.com/openshift_shop/'.length), ofLength(240)];
  const rendering = rendered({
    integration: integration({ quayHostname: 'https://quay.example.com' }),
    cluster: cluster([namespace('shop')], streams(`shop/${fits}`, `shop/${tooLong}`, 'shop/web')),
  });
  expect(documentOf(rendering, 'shop').spec.repositories.map(({ name }) => name)).toEqual([fits, 'web']);
  expect(rendering.problems).toContainEqual(
    expect.objectContaining({ path: `imagestream/${tooLong}`, message: expect.stringContaining('host of Quay') }),
  );
});

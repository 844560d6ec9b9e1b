import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildCloneAnnotation,
  buildDecisionAnnotation,
  buildDestinationAnnotation,
  buildImportedAnnotation,
  buildImportOfAnnotation,
  buildImportSkippedAnnotation,
  buildManagedAnnotation,
  buildNotRewrittenAnnotation,
  inPredecessorsDomain,
} from '../../src/api/build-annotations.js';
import { awaitsImport, importCandidate, importDecision, isPushedTo } from '../../src/builds/import-decision.js';
import { buildRecord, type BuildRecord } from '../../src/builds/import-record.js';
import { isMissed, shouldReport } from '../../src/builds/missed-build.js';
import { awaitsPushSecret, outlook, type OutlookFacts } from '../../src/builds/outlook.js';
import { plainBuild, rewrittenBuild } from '../fixtures/builds/builds.js';

const namespace = 'shop';

/** A Build as the API server has it. */
function live(
  build: { metadata: object; spec?: object; status?: object },
  uid = 'u-1',
  more: object = {},
): BuildRecord {
  return buildRecord({
    ...build,
    metadata: { ...build.metadata, uid, creationTimestamp: '2026-01-01T00:00:00Z', ...more },
  });
}

const rewritten = (options: Partial<Parameters<typeof rewrittenBuild>[0]> = {}, uid?: string): BuildRecord =>
  live(rewrittenBuild({ namespace, name: 'httpd-1', ...options }), uid);

describe('a Build as it is read', () => {
  test('has its destination, image and digest', () => {
    expect(rewritten()).toMatchObject({
      destination: { stream: 'httpd', tag: 'latest' },
      image: 'quay.example.test/openshift_shop/httpd:latest',
      upToDate: false,
      missed: undefined,
    });
  });

  test.each([
    ['another namespace', 'other/httpd:latest'],
    ['a namespace that only begins alike', 'shopping/httpd:latest'],
    ['no namespace', 'httpd:latest'],
    ['no image stream', 'shop/'],
    ['several colons', 'shop/a:b:c'],
    ['several slashes', 'shop/a/b:c'],
  ])('has no destination with %s', (_, destination) => {
    expect(rewritten({ annotations: { [buildDestinationAnnotation]: destination } }).destination).toBeUndefined();
  });

  test('has no import state without the annotation of a rewrite', () => {
    expect(rewritten({ annotations: { [buildManagedAnnotation]: 'false' } }).destination).toBeUndefined();
  });

  test.each([
    ["QBO's mark", { [buildImportedAnnotation]: 'true' }, true],
    ["QORO's mark", { [inPredecessorsDomain(buildImportedAnnotation)]: 'true' }, true],
    ['our mark', { [buildImportedAnnotation]: 'true', [buildImportOfAnnotation]: 'u-1' }, true],
    [
      'our mark without an import',
      { [buildImportSkippedAnnotation]: 'Overtaken', [buildImportOfAnnotation]: 'u-1' },
      true,
    ],
    ["another Build's mark", { [buildImportedAnnotation]: 'true', [buildImportOfAnnotation]: 'u-0' }, false],
    [
      "an original's mark on its clone",
      { [buildImportedAnnotation]: 'true', [buildCloneAnnotation]: 'httpd-0' },
      false,
    ],
    [
      "a clone's own mark",
      { [buildImportedAnnotation]: 'true', [buildCloneAnnotation]: 'httpd-0', [buildImportOfAnnotation]: 'u-1' },
      true,
    ],
    ['a mark that somebody took off', { [buildImportOfAnnotation]: 'u-1' }, false],
  ])('%s', (_, annotations, upToDate) => {
    expect(rewritten({ annotations }).upToDate).toBe(upToDate);
  });

  test('can be read from any value', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        for (const object of [anything, { metadata: anything, spec: anything, status: anything }]) {
          expect(awaitsImport(buildRecord(object))).toBe(false);
        }
      }),
    );
  });
});

describe('the Build to import', () => {
  test('is the one that completed last, whenever it was created', () => {
    const early = rewritten({ name: 'httpd-2', completed: '2026-02-01T00:00:00Z' });
    const late = rewritten({ name: 'httpd-1', completed: '2026-02-01T00:00:01Z' });
    expect(importCandidate([early, late])).toEqual({ build: late, overtaken: [early] });
  });

  test('is the one with the higher number when two completed at the same moment', () => {
    const [ninth, tenth] = [rewritten({ name: 'httpd-9' }), rewritten({ name: 'httpd-10' })];
    expect(importCandidate([tenth, ninth])?.build).toBe(tenth);
    expect(importCandidate([ninth, tenth])?.build).toBe(tenth);
  });

  test.each(['New', 'Pending', 'Running', 'Failed', 'Error', 'Cancelled'])('is not one that is %s', (phase) => {
    expect(importCandidate([rewritten({ phase })])).toBeUndefined();
    expect(awaitsImport(rewritten({ phase }))).toBe(false);
  });

  test('is none when the newest is up to date, whatever the older ones say', () => {
    const done = rewritten({ name: 'httpd-2', completed: '2026-02-02T00:00:00Z', imported: true });
    expect(importCandidate([rewritten(), done])).toBeUndefined();
    expect(importCandidate([])).toBeUndefined();
  });

  test('does not depend on the order of the Builds', () => {
    const builds = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 5 }), imported: fc.boolean() }).map(({ at, imported }) => ({
        completed: `2026-02-01T00:00:0${at}Z`,
        imported,
      })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(builds, (list) => {
        const records = list.map((one, at) => rewritten({ ...one, name: `httpd-${at}` }));
        expect(importCandidate([...records].reverse())?.build).toBe(importCandidate(records)?.build);
      }),
    );
  });
});

describe('the import decision', () => {
  const build = rewritten();
  test.each([
    ['another digest', { current: 'sha256:other' }, 'Import', 'OtherDigest'],
    ['an empty tag', { current: undefined }, 'Import', 'OtherDigest'],
    ['the same digest', { current: build.digest }, 'Mark', 'SameDigest'],
    ['no image stream', undefined, 'Mark', 'ImageStreamGone'],
  ])('%s', (_, stream, decision, reason) => {
    expect(importDecision(build, stream)).toEqual({ decision, reason });
  });

  test('imports a Build without a digest', () => {
    expect(importDecision({ ...build, digest: undefined }, { current: undefined })).toMatchObject({
      decision: 'Import',
    });
  });

  test('compares the host without case', () => {
    const image = 'quay.example.test/openshift_shop/httpd:latest';
    expect(isPushedTo({ ...build, image: 'Quay.Example.TEST/openshift_shop/httpd:latest' }, image)).toBe(true);
    expect(isPushedTo({ ...build, image: 'quay.example.test/openshift_shop/httpd:LATEST' }, image)).toBe(false);
    expect(isPushedTo({ ...build, image: undefined }, image)).toBe(false);
  });
});

describe('a missed Build', () => {
  const facts = { since: '2025-12-31T00:00:00Z', selected: true, mayPush: () => true, takes: () => true };
  const past = (phase: string): BuildRecord => live(plainBuild({ namespace, name: 'past', phase }));

  test.each(['Running', 'Complete', 'Failed', 'Error'])('is one that is %s', (phase) => {
    expect(isMissed(past(phase))).toBe(true);
  });

  test.each(['New', 'Pending', 'Cancelled'])('is not one that is %s', (phase) => {
    expect(isMissed(past(phase))).toBe(false);
  });

  test('is one that waits for a registry that the cluster does not have', () => {
    const status = { phase: 'New', reason: 'InvalidOutputReference' };
    expect(isMissed(live({ ...plainBuild({ namespace, name: 'past' }), status }))).toBe(true);
  });

  test('is not one that was rewritten, that was reported, or that goes into another namespace', () => {
    expect(isMissed(rewritten())).toBe(false);
    const reported = { annotations: { [buildNotRewrittenAnnotation]: 'u-1' } };
    expect(isMissed(live(plainBuild({ namespace, name: 'past' }), 'u-1', reported))).toBe(false);
    expect(isMissed(live(plainBuild({ namespace, name: 'clone' }), 'u-2', reported))).toBe(true);
    const spec = {
      strategy: { dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: 'httpd:latest', namespace: 'other' } },
    };
    expect(isMissed(live({ ...plainBuild({ namespace, name: 'x' }), spec }))).toBe(false);
  });

  test('is reported when it is younger than the organization, and its robot may push', () => {
    expect(shouldReport(past('Running'), facts)).toBe(true);
    expect(shouldReport(past('Running'), { ...facts, since: '2026-01-01T00:00:00Z' })).toBe(false);
    expect(shouldReport(past('Running'), { ...facts, since: undefined })).toBe(false);
    expect(shouldReport(past('Running'), { ...facts, mayPush: (account) => account !== 'builder' })).toBe(false);
    expect(shouldReport(past('Running'), { ...facts, selected: false })).toBe(false);
    expect(shouldReport(past('Running'), undefined)).toBe(false);
  });

  /** The Build that ran, with what the webhook wrote on it, and the push secret that OpenShift gave it. */
  const seen = (decision: string, more: object = {}): BuildRecord => {
    const { spec, ...build } = plainBuild({ namespace, name: 'past' });
    const output = { ...spec.output, pushSecret: { name: 'builder-dockercfg-x7k2p' } };
    const annotations = { [buildDecisionAnnotation]: decision };
    return live({ ...build, spec: { ...spec, output } }, 'u-1', { annotations, ...more });
  };

  test.each(['OtherNamespace', 'NoRobot', 'RobotMayNotPush', 'InvalidOutput', 'AWordOfTheFuture'])(
    'R5: not one that the webhook left alone on purpose: %s',
    (reason) => {
      expect(isMissed(seen(`past:${reason}`))).toBe(false);
    },
  );

  test.each(['Suspended', 'IntegrationNotReady', 'OrganizationStalled', 'NotReviewed'])(
    'R5: one that it left as it was for the time being, whatever became of the namespace: %s',
    (reason) => {
      for (const build of [seen(`past:${reason}`), seen(`past:${reason}:mine`)]) {
        expect([isMissed(build), build.missed?.why, shouldReport(build, undefined)]).toEqual([true, reason, true]);
      }
    },
  );

  test('R5: what was decided for another Build is nothing to its clone', () => {
    for (const decided of ['past-0:NoRobot', 'past-0:Suspended', 'nonsense', ':', 'past:']) {
      const clone = seen(decided);
      expect([decided, clone.missed?.why]).toEqual([decided, 'NotRewritten']);
      expect(shouldReport(clone, facts)).toBe(true);
    }
    expect(seen('past-:NoRobot', { generateName: 'past-' }).missed).toBeUndefined();
  });

  test('R5: the push secret that OpenShift gives to every Build says nothing', () => {
    const bypassed = seen('');
    expect(shouldReport(bypassed, { ...facts, mayPush: () => false })).toBe(false);
    expect(shouldReport(bypassed, facts)).toBe(true);
  });
});

describe('R29: a Build that waits for its push secret', () => {
  const image = 'quay.example.test/openshift_shop/httpd:latest';
  const waiting = (
    more: Parameters<typeof rewrittenBuild>[0] | object = {},
    reason = 'MissingPushSecret',
  ): BuildRecord => {
    const { spec, ...build } = rewrittenBuild({
      namespace,
      name: 'httpd-1',
      phase: 'Pending',
      annotations: { [buildDecisionAnnotation]: 'httpd-1:PushSecretNamed' },
      ...more,
    });
    const output = { ...spec.output, pushSecret: { name: 'builder-quay-openshift' } };
    return live({ ...build, spec: { ...spec, output }, status: { ...build.status, reason } });
  };
  const robot = { secret: 'builder-quay-openshift', canPush: true, ready: false };
  const facts = { integration: 'quay', suspended: false, place: image.replace('httpd:latest', ''), robot };
  const of = (build: BuildRecord, known?: OutlookFacts): unknown => {
    if (!awaitsPushSecret(build)) throw new Error('it does not wait');
    return outlook(build, known);
  };

  test('is one that is Pending for that reason, with the Secret that the webhook named', () => {
    expect(awaitsPushSecret(waiting())).toBe(true);
    expect(waiting().awaited).toEqual({ serviceAccount: 'builder', pushSecret: robot.secret, own: true });
    expect(awaitsPushSecret(waiting({ phase: 'Running' }))).toBe(false);
    expect(awaitsPushSecret(waiting({}, 'GenericBuildFailed'))).toBe(false);
    expect(awaitsPushSecret(waiting({ annotations: {} }))).toBe(false);
    expect(awaitsPushSecret(live(plainBuild({ namespace, name: 'past', phase: 'Pending' })))).toBe(false);
    const clone = waiting({ annotations: { [buildDecisionAnnotation]: 'httpd-0:PushSecretNamed' } });
    expect(clone.awaited?.own).toBe(false);
  });

  test.each<[string, OutlookFacts, string]>([
    ['an organization that is being made', facts, 'its organization is still being made'],
    ['a suspended integration', { ...facts, suspended: true }, 'the QuayIntegration "quay" is suspended'],
    ['a Quay that is down', { ...facts, fault: 'no answer' }, 'no answer'],
    [
      'an organization that an overlay stops',
      { ...facts, organization: { reason: 'OverlayInvalid', message: 'x' } },
      'x',
    ],
  ])('has hope with %s', (_, known, why) => {
    expect(of(waiting(), known)).toEqual({ state: 'Coming', integration: 'quay', why });
  });

  test.each<[string, OutlookFacts | undefined, string]>([
    ['nobody who selects the namespace', undefined, 'NamespaceNotSelected'],
    ['another host', { ...facts, place: 'new.example.test/openshift_shop/' }, 'ImageDestinationChanged'],
    ['another organization', { ...facts, place: 'quay.example.test/prod_shop/' }, 'ImageDestinationChanged'],
    ['no robot', { integration: 'quay', suspended: false, place: facts.place }, 'NoRobot'],
    ['a robot that may not push', { ...facts, robot: { ...robot, canPush: false } }, 'NoRobot'],
    ['another Secret', { ...facts, robot: { ...robot, secret: 'builder-quay-prod' } }, 'NoRobot'],
    [
      'an organization of somebody else',
      { ...facts, organization: { reason: 'OrganizationNotOurs', message: 'x' } },
      'OrganizationNotOurs',
    ],
  ])('has none with %s', (_, known, reason) => {
    expect(of(waiting(), known)).toMatchObject({ state: 'Hopeless', reason, why: expect.stringMatching(/./) });
  });

  test('has hope while somebody states the same organization a second time', () => {
    const known = { ...facts, organization: { reason: 'Conflict', message: 'x' } };
    expect(of(waiting(), known)).toMatchObject({ state: 'Coming', why: 'x' });
  });

  test('has nothing to wait for once the Secret is there, whatever else is wrong', () => {
    const known = {
      ...facts,
      robot: { ...robot, ready: true },
      organization: { reason: 'OverlayInvalid', message: 'x' },
    };
    expect(of(waiting(), known)).toEqual({ state: 'Fine' });
  });
});

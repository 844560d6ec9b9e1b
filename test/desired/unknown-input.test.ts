import { describe, expect, test } from '@jest/globals';
import { asPrevious, cluster, documentOf, namespace, rendered, streams } from '../fixtures/snapshot.js';

const unknown = { known: false, reason: 'the server answered 503' } as const;
const before = rendered({ cluster: cluster([namespace('web'), namespace('data')], streams('web/app', 'data/etl')) });
const previous = asPrevious(before);

describe('unknown input', () => {
  test('namespaces: every document stays as it is', () => {
    const after = rendered({ cluster: { ...cluster([]), namespaces: unknown }, previous });
    expect(after.documents).toEqual(before.documents.map((document) => ({ ...document, kept: true })));
    expect(after).toMatchObject({ removed: [], unknown: ['namespaces: the server answered 503'] });
  });

  test('image streams: no repository goes, and new namespaces still get their document', () => {
    const live = { ...cluster([namespace('web'), namespace('data'), namespace('new')]), imageStreams: unknown };
    const after = rendered({ cluster: live, previous });
    expect(documentOf(after, 'web')).toEqual(documentOf(before, 'web'));
    expect(documentOf(after, 'new').spec.repositories).toEqual([]);
    expect(after.unknown).toEqual(['image streams: the server answered 503']);
  });

  test('image streams: what an overlay stops declaring stays as well, until all is known again', () => {
    const spec = { teams: [{ name: 'owners-of-web' }], repositories: [{ name: 'extra' }], email: 'web@example.com' };
    const whole = cluster([namespace('web')], streams('web/app'));
    const wide = asPrevious(rendered({ cluster: whole, overlays: new Map([['web', { spec }]]) }));
    const held = rendered({ cluster: { ...whole, imageStreams: unknown }, previous: wide });
    expect(documentOf(held, 'web')).toEqual(wide.get('web'));
    expect(JSON.stringify(documentOf(held, 'web'))).toBe(JSON.stringify(wide.get('web')));
    expect(documentOf(rendered({ cluster: whole, previous: wide }), 'web').spec.teams).toEqual([]);
  });

  test('image streams: a namespace that is terminating is still dropped whole', () => {
    const live = { ...cluster([namespace('web', { terminating: true }), namespace('data')]), imageStreams: unknown };
    const after = rendered({ cluster: live, previous });
    expect(after.documents.map((document) => document.namespace)).toEqual(['data']);
    expect(after.removed.map(({ reason }) => reason)).toEqual(['NamespaceGone']);
  });

  test('APIs: robots stay, and a new document has all of them', () => {
    const plain = asPrevious(rendered({ cluster: { ...cluster([namespace('web')]), hasBuildApis: false } }));
    const live = { ...cluster([namespace('web'), namespace('new')]), hasBuildApis: undefined };
    const robots = (name: string): string[] =>
      documentOf(rendered({ cluster: live, previous: plain }), name).spec.robots.map((robot) => robot.name);
    expect(robots('web')).toEqual(['builder', 'default', 'deployer']);
    expect(robots('new')).toEqual(['builder', 'default', 'deployer']);
  });
});

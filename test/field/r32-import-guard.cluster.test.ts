import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { buildImportedAnnotation, buildImportSkippedAnnotation } from '../../src/api/build-annotations.js';
import { digestOf } from '../fixtures/builds/builds.js';
import { eventually } from '../support/eventually.js';
import type { Build } from '../control-plane/stand-ins/builds/generate.js';
import { Imports } from './imports.js';

let imports: Imports;
beforeAll(async () => {
  imports = await Imports.open();
});
afterAll(() => imports.close());
beforeEach(() => imports.importer.answer({ digest: digestOf('a') }));
afterEach(() => imports.stopFollowing());

const asking = { method: 'POST', path: /imagestreamimports$/ } as const;
const marked = (build: string, annotation: string): Promise<void> =>
  eventually(async () => {
    const { metadata } = await imports.admin.get<Build>('builds', build);
    expect(metadata.annotations).toHaveProperty([annotation]);
  });

/** Does something while an import is on its way to the API server, after the stream was read for it. */
async function meanwhile(work: () => Promise<unknown>): Promise<void> {
  let arrived: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (arrived = resolve));
  const fault = imports.openshift.arm(asking, { kind: 'hold', until: done }, { times: 1 });
  await eventually(() => expect(fault.hits).toBe(1));
  await work();
  arrived();
}

test('R32: an image stream that is deleted while an image is imported into it is not made again', async () => {
  const stream = await imports.stream();
  const build = await imports.build(`${stream}:latest`);
  const followed = imports.follow();
  await meanwhile(() => imports.plane.edits.delete('imagestream', stream, '-n', imports.namespace));
  await marked(build, buildImportSkippedAnnotation);
  await expect(imports.read(stream)).rejects.toThrow('NotFound');
  expect(followed.results).toMatchObject([{ result: 'ImageStreamGone' }]);
});

test('R32: one that somebody changes meanwhile is looked at again, and gets the image', async () => {
  const stream = await imports.stream();
  const build = await imports.build(`${stream}:latest`);
  const followed = imports.follow();
  const lookup = { spec: { lookupPolicy: { local: true } } };
  await meanwhile(() => imports.admin.merge('imagestreams', stream, lookup));
  await marked(build, buildImportedAnnotation);
  const { spec, status } = await imports.read(stream);
  expect([spec, status?.tags]).toMatchObject([lookup.spec, [{ items: [{ image: digestOf('a') }] }]]);
  expect(imports.importer.asked.filter((one) => one.stream === stream).map((one) => one.status)).toEqual([409, 201]);
  expect(followed.events).toEqual([]);
});

test('R32: one whose tag somebody moved to the image meanwhile needs no second import', async () => {
  const stream = await imports.stream();
  const build = await imports.build(`${stream}:latest`);
  imports.follow();
  const tags = [
    {
      tag: 'latest',
      items: [{ created: '2026-01-01T00:00:00Z', dockerImageReference: 'x', image: digestOf('a'), generation: 1 }],
    },
  ];
  const path = `/apis/image.openshift.io/v1/namespaces/${imports.namespace}/imagestreams/${stream}/status`;
  await meanwhile(() => imports.admin.call('PATCH', path, { status: { tags } }, 'application/merge-patch+json'));
  await marked(build, buildImportedAnnotation);
  expect(imports.importer.asked.filter((one) => one.stream === stream).map((one) => one.status)).toEqual([409]);
});

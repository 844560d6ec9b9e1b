import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { digestOf } from '../fixtures/builds/builds.js';
import { eventually } from '../support/eventually.js';
import { Imports } from './imports.js';

let imports: Imports;
beforeAll(async () => {
  imports = await Imports.open();
});
afterAll(() => imports.close());
afterEach(() => imports.stopFollowing());

const [list, amd64] = [digestOf('b'), digestOf('c')];
const scheduled = { importMode: 'PreserveOriginal', scheduled: true };

test.each([
  ['keeps what it says', scheduled, {}, { ...scheduled, insecure: false }, list],
  ['keeps one part of it', { scheduled: true }, {}, { scheduled: true, insecure: false }, amd64],
  [
    'gets what the integration asks for besides',
    scheduled,
    { insecureRegistry: true },
    { ...scheduled, insecure: true },
    list,
  ],
  [
    'that says nothing goes by the integration',
    {},
    { scheduledImageStreamImport: true },
    { scheduled: true, insecure: false },
    amd64,
  ],
])('R33: a tag %s about its imports', async (_, importPolicy, spec, wanted, digest) => {
  imports.importer.answer({ digest: list, ofList: { amd64 } });
  const from = { kind: 'DockerImage', name: 'quay.example.test/x:latest' };
  const stream = await imports.stream([{ name: 'latest', from, importPolicy, referencePolicy: { type: 'Local' } }]);
  await imports.build(`${stream}:latest`);
  imports.follow(spec);
  await eventually(async () => {
    const { spec: written, status } = await imports.read(stream);
    expect(status?.tags).toMatchObject([{ tag: 'latest', items: [{ image: digest }] }]);
    expect(written?.tags).toMatchObject([{ importPolicy: wanted, referencePolicy: { type: 'Local' } }]);
  });
});

test('R33: a tag that is not in the stream yet is made by the integration', async () => {
  imports.importer.answer({ digest: list, ofList: { amd64 } });
  const stream = await imports.stream();
  await imports.build(`${stream}:latest`);
  imports.follow({ scheduledImageStreamImport: true });
  await eventually(async () => {
    const { spec } = await imports.read(stream);
    expect(spec?.tags).toMatchObject([{ importPolicy: { insecure: false, scheduled: true } }]);
  });
});

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { failures } from '../control-plane/stand-ins/images/registry.js';
import { Imports } from './imports.js';

let imports: Imports;
beforeAll(async () => {
  imports = await Imports.open({ times: { patience: 200 } });
});
afterAll(() => imports.close());
afterEach(() => imports.stopFollowing());

test.each([
  ['the token is refused', failures.badToken, 'Unauthorized', "that Quay accepts the robot's token"],
  ['the registry is not allowed', 'notAllowed', 'ClusterAnswerUnexpected', 'allowedRegistriesForImport'],
  ['the namespace has too many tags', 'limit', 'ClusterAnswerUnexpected', 'Have the limit of the namespace raised'],
  ['the registry is slow', 'slow', 'Other', 'context deadline exceeded'],
] as const)('R35: an import that fails because %s says what helps', async (_, outcome, reason, words) => {
  imports.importer.answer(outcome);
  const stream = await imports.stream();
  const build = await imports.build(`${stream}:latest`);
  const { results, events } = imports.follow();
  const about = (one: { build: string }): boolean => one.build === build;
  await eventually(() => expect(results.find(about)).toMatchObject({ result: 'Failed', reason }));
  const recordEvent = events.find(({ regarding }) => regarding.name === build);
  expect(recordEvent).toMatchObject({ reason: 'ImportFailed', note: expect.stringContaining(words) });
});

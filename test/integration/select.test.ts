import { expect, test } from '@jest/globals';
import { dump } from 'js-yaml';
import { integrationFromFile, selectIntegration } from '../../src/integration/index.js';
import { dumpFolder, list, namespace } from '../fixtures/dump.js';
import { integration } from '../fixtures/integration.js';

const write = dumpFolder();
const both = [integration({}, { name: 'a' }), integration({}, { name: 'b' })];

test('an integration is selected by name, or as the only one', () => {
  expect(selectIntegration(both, 'b', 'here').metadata.name).toBe('b');
  expect(selectIntegration([integration()], undefined, 'here').metadata.name).toBe('quay');
});

test('no choice is made among several, and the message lists them', () => {
  expect(() => selectIntegration(both, undefined, 'here')).toThrow('there are 2 QuayIntegrations in here: a, b');
  expect(() => selectIntegration(both, 'c', 'here')).toThrow('there is no QuayIntegration c in here');
  expect(() => selectIntegration([], 'c', 'here')).toThrow('there is no QuayIntegration c in here, nor any other');
});

test('an integration is read from a file, alone or among other objects', async () => {
  const { status: _, ...object } = integration();
  expect((await integrationFromFile(write('alone.yaml', dump(object)))).spec.quayHostname).toBe('quay.example.com');
  const among = write('among.json', JSON.stringify(list([namespace('a'), object])));
  expect((await integrationFromFile(among, 'quay')).metadata.name).toBe('quay');
  const wrong = write('wrong.yaml', dump({ ...object, spec: { ...object.spec, quayHostnam: 'x' } }));
  await expect(integrationFromFile(wrong)).rejects.toThrow(/wrong\.yaml:1: spec\.quayHostnam: unknown field/);
});

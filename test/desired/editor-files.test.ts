import { describe, expect, test } from '@jest/globals';
import { type JsonObject } from '../../src/state/index.js';
import { clusterId, statePaths } from '../../src/names/index.js';
import { editorFiles, isEditorFile } from '../../src/desired/index.js';

const paths = statePaths(clusterId('openshift'), 'registry');
const files = editorFiles(paths);
const schema = (name: string): JsonObject => JSON.parse(files.get(`${paths.schemas}/${name}.json`) ?? '') as JsonObject;

describe('the files for editors', () => {
  test('lie in the folder of the cluster, are the same each time, and say whose they are', () => {
    expect([...files.keys()]).toEqual([
      'registry/clusters/openshift/README.md',
      ...['overlay.json', 'ignore.json', 'organization.json', 'overlay-template.yaml'].map(
        (name) => `registry/clusters/openshift/schemas/${name}`,
      ),
    ]);
    expect([...editorFiles(paths)]).toEqual([...files]);
    expect([...files.values()].filter((content) => !isEditorFile(content))).toEqual([]);
    expect(isEditorFile('# Our own notes\n')).toBe(false);
  });

  test('know the fields of an overlay, refuse others, and let a robot have only its account', () => {
    const overlay = schema('overlay');
    expect(overlay).toMatchObject({
      additionalProperties: false,
      properties: { spec: { additionalProperties: false } },
    });
    expect(JSON.stringify(overlay)).not.toContain('x-kubernetes');
    const { robots, quota, teams } = (overlay as { properties: { spec: { properties: Record<string, JsonObject> } } })
      .properties.spec.properties;
    expect(quota).toMatchObject({ anyOf: [{ type: 'object' }, { type: 'null' }] });
    expect(teams).toMatchObject({ anyOf: [{ items: { required: ['name'] } }, {}] });
    expect(robots).toMatchObject({
      anyOf: [{ items: { properties: { pullSecret: { required: ['serviceAccount'] } } } }, {}],
    });
    expect(JSON.stringify(robots)).not.toContain('"required":["name"');
    expect(schema('ignore')).toMatchObject({ properties: { namespaces: { type: 'array' } } });
    expect(schema('organization')).toMatchObject({ required: ['apiVersion', 'kind', 'metadata', 'spec'] });
  });
});

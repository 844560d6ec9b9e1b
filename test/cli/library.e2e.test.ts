import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { kubeSystem, project, Fixture } from '../support/quayside.js';

const library = process.env.OPENSHIFT_LIBRARY ?? '';
const title = "OpenShift's own image streams";
// Jest names no test of a file that is skipped as a whole.
if (library === '') process.stderr.write(`Skipped: ${title}; OPENSHIFT_LIBRARY names no folder with them.\n`);

interface Shipped {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly items?: readonly Shipped[];
}

interface ShippedFile {
  readonly name: string;
  readonly object: Shipped;
}

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
});

afterEach(async () => fixture.close());

async function shippedFiles(): Promise<readonly ShippedFile[]> {
  const names = (await readdir(library, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, object: JSON.parse(await readFile(join(library, name), 'utf8')) as Shipped })),
  );
}

const isStreams = ({ object }: ShippedFile): boolean => /^ImageStream(List)?$/.test(object.kind);
const streamsOf = ({ object }: ShippedFile): readonly Shipped[] =>
  object.kind === 'ImageStreamList' ? (object.items ?? []) : [object];

/** As `oc process` hands it on: the same objects in a list, each in a project. */
const inProject = (streams: readonly Shipped[], namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'List',
  items: streams.map((stream) => ({ ...stream, metadata: { ...stream.metadata, namespace } })),
});

(library === '' ? describe.skip : describe)(title, () => {
  const projects = ['middleware', 'languages', 'tools'];

  /** The folder of a dump with every image stream that is shipped, and the repositories that have to follow. */
  async function dump(): Promise<readonly string[]> {
    await mkdir(fixture.file('dump'));
    await fixture.write('dump/namespaces.json', {
      apiVersion: 'v1',
      kind: 'List',
      items: [kubeSystem, ...projects.map((name) => project(name))],
    });
    const expected = new Set<string>();
    for (const [index, file] of (await shippedFiles()).filter(isStreams).entries()) {
      const streams = streamsOf(file);
      const place = projects[index % projects.length] ?? '';
      const isPlaced = streams.every(({ metadata }) => metadata.namespace !== undefined);
      const target = fixture.file(`dump/${String(index).padStart(3, '0')}.json`);
      if (isPlaced) await cp(join(library, file.name), target);
      else await writeFile(target, JSON.stringify(inProject(streams, place)));
      for (const { metadata } of streams) {
        expected.add(`openshift_${isPlaced ? metadata.namespace : place}/${metadata.name}`);
      }
    }
    return [...expected].sort();
  }

  const inputArguments = ['--cluster', 'dump', '--integration', 'integration.yaml'];

  test('image streams of OpenShift all become repositories, and a second plan is empty', async () => {
    const expected = await dump();
    expect(expected.length).toBeGreaterThan(0);

    const rendered = await fixture.run('render', ...inputArguments, '-o', 'json');
    expect({ code: rendered.code, stderr: rendered.stderr }).toEqual({ code: 0, stderr: '' });
    const { items } = JSON.parse(rendered.stdout) as {
      items: { spec: { name: string; repositories: { name: string }[] } }[];
    };
    expect(items.flatMap(({ spec }) => spec.repositories.map(({ name }) => `${spec.name}/${name}`)).sort()).toEqual(
      expected,
    );

    const planned = await fixture.run('plan', ...inputArguments);
    expect({ code: planned.code, stderr: planned.stderr }).toEqual({ code: 2, stderr: '' });
    for (const name of expected) expect(planned.stdout).toContain(`create private repository ${name.split('/')[1]}\n`);

    const applied = await fixture.run('apply', ...inputArguments);
    expect({ code: applied.code, stderr: applied.stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of expected) await fixture.ask('GET', `/repository/${name}`);

    const again = await fixture.run('plan', ...inputArguments);
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('image streams without a project are refused: the first file is named, with a hint', async () => {
    const [first] = (await shippedFiles()).filter(isStreams);
    const { code, stdout, stderr } = await fixture.run(
      'render',
      '--cluster',
      library,
      '--integration',
      'integration.yaml',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(first?.name ?? '');
    expect(stderr).toContain('has no namespace');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('templates and other kinds are ignored, and counted', async () => {
    const rest = (await shippedFiles()).filter((file) => !isStreams(file));
    await mkdir(fixture.file('rest'));
    for (const { name } of rest) await cp(join(library, name), fixture.file(`rest/${name.replaceAll('/', '-')}`));
    await fixture.cluster(project('tools'));
    const { code, stdout } = await fixture.run(
      'plan',
      '--cluster',
      'rest',
      'cluster.json',
      '--integration',
      'integration.yaml',
    );
    expect(code).toBe(2);
    for (const kind of new Set(rest.map(({ object }) => object.kind))) {
      expect(stdout).toContain(`${rest.filter(({ object }) => object.kind === kind).length} ${kind}`);
    }
    expect(stdout).not.toContain('create private repository');
  });
});

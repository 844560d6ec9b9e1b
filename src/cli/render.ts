import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type AnnotationFormat } from '../app/annotations.js';
import { type ApplyResult } from '../app/apply.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { InvalidInput, toError } from '../errors/index.js';
import { makeFolder } from '../files/make-folder.js';
import { clusterOptions, example, integrationOptions, outputOption } from './options.js';
import { print, printFile, tell } from './print.js';
import { printProblems } from './print-errors.js';

type LeftOut = ApplyResult['leftOut'][number];

interface RenderOptions extends InputOptions {
  readonly output: 'yaml' | 'json';
  readonly folder?: string;
  readonly check: boolean;
  readonly annotations?: AnnotationFormat;
}

/** `quayside render`: the documents that a cluster stands for. */
export function renderCommand(): Command {
  const command = new Command('render')
    .summary('print the documents of a cluster')
    .description(
      'Prints the QuayOrganization documents that are rendered from a cluster, an integration and the overlays in the state\nrepository. Writes nothing, except into --folder. With --check it exits 1 for faults and 2 where files would change.',
    );
  outputOption(integrationOptions(clusterOptions(command)), ['yaml', 'json'])
    .option('--folder <folder>', 'write one file per document into this folder instead')
    .option('--check', 'print no documents, only what is wrong with the overlays and how the files would change', false)
    .addOption(
      new Option('--annotations <forge>', 'with --check, print faults for the checks of a pull request').choices([
        'github',
        'gitlab',
      ]),
    )
    .action(render);
  return example(command, 'oc get ns,sa,is -A -o yaml | quayside render --cluster - --integration integration.yaml');
}

async function render(options: RenderOptions): Promise<void> {
  if (options.check) return check(options);
  const { asYaml, plain, renderDocuments } = await import('../app/render.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const { rendering, wanted, problems } = await renderDocuments(options, readConfiguration());
  const documents = rendering.documents.map(({ organization }) => organization);
  if (options.folder !== undefined) await writeFiles(options.folder, wanted.files);
  else if (options.output === 'yaml') printFile(asYaml(documents));
  else print(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: documents.map(plain) }, null, 2)}\n`);
  if (documents.length === 0) await tellNothing(rendering.leftOut);
  await printProblems({ problems, unknown: rendering.unknown });
}

/** For the checks of a pull request: exit code 1 for faults, 2 where the files would change, else 0. */
async function check(options: RenderOptions): Promise<void> {
  const { diff } = await import('../app/diff.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const { rendered, text } = await diff(options, readConfiguration());
  const { problems, rendering } = rendered;
  if (options.annotations !== undefined) {
    const { annotationsOf } = await import('../app/annotations.js');
    const words = annotationsOf(problems, options.annotations);
    if (words !== '') print(`${words}\n`);
  } else print(text);
  await printProblems({ problems, unknown: rendering.unknown });
  if (text !== '') process.exitCode ??= 2;
}

/** Says why there is no document, beside the output, which may be read by a program. */
async function tellNothing(leftOut: readonly LeftOut[]): Promise<void> {
  const { describeLeftOut } = await import('../app/describe.js');
  const why = leftOut.length === 0 ? 'The cluster shows no namespaces.' : describeLeftOut(leftOut);
  tell(`No documents. ${why}\n`);
}

async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  try {
    await makeFolder(folder);
    for (const [path, text] of files) await writeFile(join(folder, path.slice(path.lastIndexOf('/') + 1)), text);
  } catch (error) {
    const message = `cannot be written: ${toError(error).message}`;
    throw new InvalidInput([
      { path: '', source: folder, message, hint: 'Name a folder that is new or may be written.' },
    ]);
  }
  print(`Wrote ${files.size} files into ${folder}.\n`);
}

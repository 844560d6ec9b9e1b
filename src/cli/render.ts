import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type ApplyResult } from '../app/apply.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { InvalidInput, toError } from '../errors/index.js';
import { makeFolder } from '../files/make-folder.js';
import { clusterOptions, example, integrationOptions, outputOption } from './options.js';
import { print, printFile, tell } from './print.js';
import { printProblems } from './print-errors.js';
import { type RenderCheckOptions, renderCheck } from './render-check.js';

type LeftOut = ApplyResult['leftOut'][number];

interface RenderOptions extends InputOptions {
  readonly output: 'yaml' | 'json';
  readonly folder?: string;
  readonly check?: boolean;
}

/** `quayside render`: the documents that a cluster stands for. */
export function renderCommand(): Command {
  const command = new Command('render')
    .summary('print the documents of a cluster')
    .description(
      'Prints the QuayOrganization documents that are rendered from a cluster, an integration and the overlays in the state repository. Writes nothing, except into --folder.',
    );
  outputOption(integrationOptions(clusterOptions(command)), ['yaml', 'json'])
    .addOption(
      new Option('--folder <folder>', 'write one file per document into this folder instead').conflicts('check'),
    )
    .option('--check', 'check the files of the state repository, for its CI')
    .addOption(
      new Option('--annotations <forge>', 'report the faults of --check in the lines of a change: github or gitlab')
        .choices(['github', 'gitlab'])
        .implies({ check: true }),
    )
    .action(async ({ check = false, ...options }: RenderOptions & RenderCheckOptions) =>
      check ? renderCheck(options) : render(options),
    );
  return example(
    command,
    'oc get ns,sa,is -A -o yaml | quayside render --cluster - --integration integration.yaml',
    'quayside render --check --state . --integration integration.yaml --annotations github',
  );
}

async function render(options: RenderOptions): Promise<void> {
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

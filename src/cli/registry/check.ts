import { Command } from 'commander';
import { type RegistryOptions } from '../../app/registry/open-registry.js';
import { oneLine } from '../../text/index.js';
import { example, outputOption } from '../options.js';
import { type Format, printFormatted } from './formatted.js';
import { registryOptions } from './options.js';

/** `quayside registry check`: everything that is wrong with a registry. */
export function checkRegistryCommand(): Command {
  const command = registryOptions(new Command('check'))
    .summary('list everything that is wrong with a registry')
    .description(
      'Lists all faults of a registry, its options, its config bundle and its certificates at once, each with its place and\nwhat to do. Exit code 0: no error, though there may be warnings; 1: an error.',
    );
  outputOption(command, ['text', 'json', 'yaml', 'markdown']).action(check);
  return example(command, 'quayside registry check -f registry.yaml --bundle ./bundle --offers openshift');
}

async function check(
  name: string | undefined,
  { output, ...options }: RegistryOptions & { readonly output: Format },
): Promise<void> {
  const { openRegistry } = await import('../../app/registry/open-registry.js');
  const { faultsAsMarkdown, faultsAsText } = await import('../../app/registry/describe-faults.js');
  const { readConfiguration } = await import('../../process/configuration.js');
  const { environment } = readConfiguration();
  const opened = await openRegistry({ ...options, ...(name !== undefined && { name }) }, environment);
  await opened.close();
  const { problems: faults, result } = opened;
  const { namespace, name: registry } = result.model;
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const count = `Registry ${oneLine(`${namespace}/${registry}`)}: ${counted(errors, 'error')}, ${counted(faults.length - errors, 'warning')}.`;
  await printFormatted(
    output,
    { registry: `${namespace}/${registry}`, errors, warnings: faults.length - errors, faults },
    {
      text: () => [faultsAsText(faults), count].filter((part) => part !== '').join('\n\n'),
      markdown: () => `${faultsAsMarkdown(faults)}\n\n${count}`,
    },
  );
  if (errors > 0) process.exitCode = 1;
}

function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}

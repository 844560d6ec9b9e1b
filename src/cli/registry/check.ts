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
      'Lists all faults of a registry, its options, its config bundle and its certificates at once, each with its place and what to do.\nExit code 0: no error, though there may be warnings; 1: an error.',
    );
  outputOption(command, ['text', 'json', 'yaml', 'markdown']).action(check);
  return example(command, 'quayside registry check -f registry.yaml --bundle ./bundle --offers openshift');
}

async function check(
  name: string | undefined,
  { output, ...options }: RegistryOptions & { readonly output: Format },
): Promise<void> {
  const { checkRegistryFaults } = await import('../../app/registry/check-registry.js');
  const { faultsAsMarkdown, faultsAsText } = await import('../../app/registry/describe-faults.js');
  const { readConfiguration } = await import('../../process/configuration.js');
  const { environment } = readConfiguration();
  const checked = await checkRegistryFaults({ ...options, ...(name !== undefined && { name }) }, environment);
  const { registry, faults, errors, warnings } = checked;
  const whose = registry === null ? 'No registry could be read' : `Registry ${oneLine(registry)}`;
  const count = `${whose}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`;
  await printFormatted(output, checked, {
    text: () => [faultsAsText(faults), count].filter((part) => part !== '').join('\n\n'),
    markdown: () => `${faultsAsMarkdown(faults)}\n\n${count}`,
  });
  if (errors > 0) process.exitCode = 1;
}

function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}

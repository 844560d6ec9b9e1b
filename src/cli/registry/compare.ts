import { Command } from 'commander';
import { type CompareOptions, type RegistryComparison } from '../../app/registry/compare-registry.js';
import { example, outputOption } from '../options.js';
import { tell } from '../print.js';
import { type Format, printFormatted } from './formatted.js';
import { registryOptions } from './options.js';
import { tellFaults } from './tell-faults.js';

type Options = CompareOptions & { readonly output: Format };

const against = 'compare with these files of an earlier rendering instead of the live objects';
const exits =
  'If the registry has errors, nothing is compared. Exit code 0: nothing to do; 2: changes are pending; 1: an error.';

/** `quayside registry diff`: the manifests against what there is. */
export function diffRegistryCommand(): Command {
  const command = registryOptions(new Command('diff'))
    .summary('show how manifests differ from what there is')
    .description(
      `Shows how the manifests of a registry differ from the live objects, or from an earlier rendering.\n${exits}`,
    )
    .option('--against <path...>', against);
  outputOption(command, ['text', 'json', 'yaml', 'markdown']).action(
    async (name: string | undefined, options: Options) => {
      const comparison = await compare(name, options);
      const { registry, patch } = comparison;
      await finish(comparison, patch !== '', () =>
        printFormatted(
          options.output,
          { registry, patch },
          { text: () => patch.trimEnd() || 'No difference.', markdown: () => `\`\`\`\`diff\n${patch}\`\`\`\`` },
        ),
      );
    },
  );
  return example(command, 'quayside registry diff -f registry.yaml --offers openshift --against manifests.yaml');
}

/** `quayside registry plan`: what an apply would do, in words. */
export function planRegistryCommand(): Command {
  const command = registryOptions(new Command('plan'))
    .summary('say in words what an apply would change')
    .description(
      [
        'Says what is new, what changes, which pods restart and why, and what is released or deleted, with the risk of each.',
        exits,
      ].join('\n'),
    )
    .option('--against <path...>', against);
  outputOption(command, ['text', 'json', 'yaml', 'markdown']).action(
    async (name: string | undefined, options: Options) => {
      const { changesAsMarkdown, changesAsText } = await import('../../app/registry/describe-changes.js');
      const comparison = await compare(name, options);
      const { registry, changes } = comparison;
      await finish(comparison, changes.length > 0, () =>
        printFormatted(
          options.output,
          { registry, changes },
          { text: () => changesAsText(comparison), markdown: () => changesAsMarkdown(comparison) },
        ),
      );
    },
  );
  return example(command, 'quayside registry plan -f registry.yaml', 'quayside registry plan -n quay -o markdown');
}

async function compare(name: string | undefined, { output: _, ...options }: Options): Promise<RegistryComparison> {
  const { compareRegistry } = await import('../../app/registry/compare-registry.js');
  const { readConfiguration } = await import('../../process/configuration.js');
  return compareRegistry({ ...options, ...(name !== undefined && { name }) }, readConfiguration().environment);
}

/** Prints the comparison, unless an error stands in its way, and tells the faults. */
async function finish({ problems }: RegistryComparison, isPending: boolean, show: () => Promise<void>): Promise<void> {
  const isWrong = problems.some(({ severity }) => severity === 'error');
  if (!isWrong) await show();
  if (isPending) process.exitCode = 2;
  await tellFaults(problems);
  if (isWrong) tell('Nothing is compared while there is an error.\n');
}

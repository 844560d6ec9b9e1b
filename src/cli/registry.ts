import { Command } from 'commander';
import { example } from './options.js';
import { checkRegistryCommand } from './registry/check.js';
import { diffRegistryCommand, planRegistryCommand } from './registry/compare.js';
import { registryFactsCommand } from './registry/facts.js';
import { renderRegistryCommand } from './registry/render.js';

/** `quayside registry`: a whole registry from one resource. */
export function registryCommand(): Command {
  const command = new Command('registry')
    .summary('render, check and plan a registry from one QuayRegistry')
    .description(
      'Checks, renders and plans a QuayRegistry, the resource of the Quay Operator: from files, from a live cluster, or from both. Nothing is written to a cluster.',
    )
    .addCommand(renderRegistryCommand())
    .addCommand(checkRegistryCommand())
    .addCommand(diffRegistryCommand())
    .addCommand(planRegistryCommand())
    .addCommand(registryFactsCommand());
  return example(
    command,
    'quayside registry check -f registry.yaml --bundle ./bundle --offers kubernetes',
    'quayside registry plan -n quay',
  );
}

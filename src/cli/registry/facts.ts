import { Command, Option } from 'commander';
import { example, text } from '../options.js';
import { print } from '../print.js';

interface FactsOptions {
  readonly output: 'yaml' | 'json';
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace: string;
}

/** `quayside registry facts`: what a cluster offers, as a file for the other commands. */
export function registryFactsCommand(): Command {
  const command = new Command('facts')
    .summary('write what a cluster offers, for the other commands')
    .description(
      'Asks a cluster what a registry would find there: APIs, router domain, TLS profile, proxy, volumes. What could not be found out is null. No credentials are in it. Nothing is written to the cluster.',
    )
    .argument('[name]', 'name of the QuayRegistry whose volumes are looked for', 'registry')
    .option('--kubeconfig <file>', 'kubeconfig of the live cluster (default: as kubectl)', text)
    .option('--context <name>', 'context of the kubeconfig', text)
    .option('-n, --namespace <name>', 'namespace of the registry', text, 'default')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['yaml', 'json']).default('yaml'))
    .action(facts);
  return example(command, 'quayside registry facts registry -n quay > facts.yaml');
}

async function facts(name: string, { output, namespace, ...kubeconfig }: FactsOptions): Promise<void> {
  const { readFacts } = await import('../../app/registry/read-facts.js');
  const { manifestsAsYaml } = await import('../../app/registry/render-registry.js');
  const { readConfiguration } = await import('../../process/configuration.js');
  const document = await readFacts(
    { name, namespace },
    { ...kubeconfig, environment: readConfiguration().environment },
  );
  if (output === 'json') print(`${JSON.stringify(document, null, 2)}\n`);
  else print(manifestsAsYaml([document]).replace(/^---\n/, ''));
}

import { type Command, Option } from 'commander';
import { text } from '../options.js';

/** Where the registry, its Secrets and the facts of its cluster come from. */
export function registryOptions(command: Command): Command {
  return command
    .argument('[name]', 'name of the QuayRegistry (default: the only one there is)')
    .option(
      '-f, --file <path...>',
      'files with the QuayRegistry, its QuayRegistryOptions and Secrets; - for stdin (default: the live cluster)',
    )
    .option('--bundle <path>', 'folder with the files of the config bundle, or a config.yaml', text)
    .option('--keys <file>', 'file with the Secret of the generated keys', text)
    .addOption(
      new Option('--offers <cluster>', 'assume a cluster of this kind, and contact none').choices([
        'openshift',
        'kubernetes',
      ]),
    )
    .addOption(
      new Option('--facts <file>', 'facts of a cluster (quayside registry facts), instead of asking it')
        .argParser(text)
        .conflicts('offers'),
    )
    .option('--apps-domain <domain>', 'domain of the default router, such as apps.example.com', text)
    .option('--kubeconfig <file>', 'kubeconfig of the live cluster (default: as kubectl)', text)
    .option('--context <name>', 'context of the kubeconfig', text)
    .option('-n, --namespace <name>', "namespace of the registry (default: the file's, else default)", text);
}

import { Command } from 'commander';
import { type RenderRegistryOptions } from '../../app/registry/render-registry.js';
import { example, outputOption, text } from '../options.js';
import { print, printFile, tell } from '../print.js';
import { registryOptions } from './options.js';
import { tellFaults } from './tell-faults.js';

/** `quayside registry render`: the manifests of a registry. */
export function renderRegistryCommand(): Command {
  const command = registryOptions(new Command('render'))
    .summary('print the manifests of a registry')
    .description(
      'Prints every object that a registry is made of, but its Secrets: the manifests name them, and --secrets-to writes them into a file of their own, which only its owner can read. Where that file exists, its keys and passwords are kept. If the registry has errors, nothing is printed.',
    )
    .option('--secrets-to <file>', 'write the Secrets into this file, with mode 0600', text);
  outputOption(command, ['yaml', 'json']).action(render);
  return example(
    command,
    'quayside registry render -f registry.yaml --bundle ./bundle --offers kubernetes --secrets-to secrets.yaml > registry-manifests.yaml',
  );
}

async function render(
  name: string | undefined,
  { output, ...options }: RenderRegistryOptions & { readonly output: 'yaml' | 'json' },
): Promise<void> {
  const { manifestsAsYaml, renderRegistry } = await import('../../app/registry/render-registry.js');
  const { readConfiguration } = await import('../../process/configuration.js');
  const { environment } = readConfiguration();
  const rendered = await renderRegistry({ ...options, ...(name !== undefined && { name }) }, environment);
  const { manifests, problems, newKeys, secrets, pending } = rendered;
  if (manifests.length > 0) {
    if (output === 'yaml') printFile(manifestsAsYaml(manifests));
    else print(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }, null, 2)}\n`);
  }
  if (secrets > 0) tell(`Wrote ${secrets} Secrets into ${options.secretsTo ?? ''}. Keep them out of Git.\n`);
  else if (manifests.length > 0 && newKeys.length > 0) {
    const text = 'the registry needs keys that do not exist yet, and nothing keeps those of this rendering';
    tell(`${text}\n  Give --secrets-to, or the file of the keys with --keys.\n`, { colour: 'yellow', word: 'note:' });
  }
  if (secrets > 0) {
    for (const { secret, because } of pending) {
      tell(`the Secret ${secret} is not complete: ${because}\n`, { colour: 'yellow', word: 'note:' });
    }
  }
  await tellFaults(problems);
  if (manifests.length === 0) tell('Nothing is printed or written while there is an error.\n');
}

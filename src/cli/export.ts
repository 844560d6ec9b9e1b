import { Command } from 'commander';
import { type InputOptions } from '../pipeline/input-options.js';
import { clusterOptions, example, integrationOptions, quayOptions } from './options.js';
import { printFile } from './print.js';

/** `quayside export ORGANIZATION`: an organization of Quay as a document. */
export function exportCommand(): Command {
  const command = new Command('export')
    .summary('write an organization of Quay as a document')
    .description(
      [
        'Writes an organization of Quay as a QuayOrganization document that declares all of it. What a document cannot hold is named at the top',
        'of the file. To adopt the organization, plan and apply the file with adoption Always.',
      ].join(' '),
    )
    .argument('<organization>', 'name of the organization in Quay');
  quayOptions(integrationOptions(clusterOptions(command))).action(exportOne);
  return example(
    command,
    'quayside export devtools --integration integration.yaml > devtools.yaml',
    'quayside plan -f devtools.yaml --integration integration.yaml --adoption Always --cluster-uid UID',
  );
}

async function exportOne(organization: string, options: InputOptions): Promise<void> {
  const { exportedFile, exportOrganization } = await import('../app/export.js');
  const { readConfiguration } = await import('../process/configuration.js');
  printFile(exportedFile(await exportOrganization(organization, options, readConfiguration())));
}

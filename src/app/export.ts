import { type QuayOrganization } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { organizationDocument } from '../plan/index.js';
import { everything, nothingMore } from '../quay/index.js';
import { formatFile, type JsonObject } from '../state/index.js';
import { type Configuration } from '../process/configuration.js';
import { openInputs, openQuay } from './open-inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';

export interface Exported {
  readonly document: QuayOrganization;
  /** What the document cannot hold, in words. */
  readonly leftOut: readonly string[];
}

/** An organization of Quay as a person's document. */
export async function exportOrganization(
  organization: string,
  options: InputOptions,
  configuration: Configuration,
): Promise<Exported> {
  // What could not be a part of an address would be asked for as something else.
  if (organization.trim() === '' || /[/\\\s]|^\.+$/.test(organization)) {
    throw new TerminalError('InvalidInput', `${JSON.stringify(organization)} is no name of an organization`, {
      hint: 'Give the name as Quay shows it, such as openshift_e2e-demo.',
    });
  }
  const inputs = await openInputs(options, configuration, { cluster: false });
  const quay = await openQuay(inputs, options, configuration);
  try {
    const { username } = await quay.whoAmI();
    const first = await quay.observe(organization, nothingMore);
    const observation =
      first.state === 'Observed'
        ? await quay.observe(organization, everything(first.organization), { leftOut: true })
        : first;
    if (observation.state === 'Absent') {
      throw new TerminalError(
        'OrganizationGone',
        `there is no organization ${organization} in ${inputs.integration.spec.quayHostname}`,
      );
    }
    if (observation.state === 'Hidden') throw new TerminalError('NotOrganizationAdmin', observation.message);
    const { metadata } = inputs.integration;
    const declared = organizationDocument(observation.organization, {
      integration: metadata.name,
      tokenUser: username,
    });
    return {
      document: {
        apiVersion: 'quayside.dev/v1alpha1',
        kind: 'QuayOrganization',
        metadata: { name: objectNameOf(organization) },
        spec: declared.spec,
      },
      leftOut: [...new Set([...declared.leftOut, ...observation.leftOut])].sort(),
    };
  } finally {
    await quay.close();
    await inputs.cluster.close();
  }
}

/** The file of an exported document: what was left out stands on top, where a reader sees it. */
export function exportedFile({ document, leftOut }: Exported): string {
  const left = leftOut.length === 0 ? [] : ['Left out:', ...leftOut.map((line) => `  ${line}`)];
  return formatFile(document as JsonObject, [`Organization ${document.spec.name} as it was found in Quay.`, ...left]);
}

/** The name of an object cannot hold `_`. */
function objectNameOf(organization: string): string {
  return organization.replaceAll('_', '.');
}

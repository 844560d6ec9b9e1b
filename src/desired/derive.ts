import {
  fitsIntoImage,
  integrationLabel,
  managedByLabel,
  managedByValue,
  repositoryName,
  type QuayIntegration,
  type QuayOrganization,
  type Robot,
} from '../api/index.js';
import { labelValue, objectName, organizationName, type ClusterId } from '../names/index.js';

/** What is the same for every namespace of an integration. */
export interface Derivation {
  readonly id: ClusterId;
  readonly integration: QuayIntegration;
  readonly robots: (namespace: string) => readonly Robot[];
  /** As it stands in front of the names of images; empty where the integration names none that can be used. */
  readonly host: string;
}

/** The document of a namespace before overlays, and the image streams that no repository can stand for. */
export interface Derived {
  readonly organization: QuayOrganization;
  readonly unfit: readonly string[];
}

/**
 * The QuayOrganization of a namespace with the given image streams. Built directly and not by the schema, which would cost
 * ten times as much; it sets every default, in the schema's order.
 */
export function derive(
  { id, integration, robots, host }: Derivation,
  namespace: string,
  streams: readonly string[],
): Derived {
  const name = organizationName(id, namespace);
  const [fit, unfit]: [string[], string[]] = [[], []];
  for (const stream of [...new Set(streams)].sort())
    (canBeRepository({ host, name }, stream) ? fit : unfit).push(stream);
  return {
    organization: {
      apiVersion: 'quayside.dev/v1alpha1',
      kind: 'QuayOrganization',
      metadata: {
        name: objectName(id, namespace),
        labels: { [managedByLabel]: managedByValue, [integrationLabel]: labelValue(integration.metadata.name) },
      },
      spec: {
        integration: integration.metadata.name,
        namespace,
        name,
        deletionPolicy: integration.spec.deletionPolicy,
        repositoryDeletionPolicy: integration.spec.repositoryDeletionPolicy,
        robots: [...robots(namespace)],
        teams: [],
        defaultPermissions: [],
        repositories: fit.map((stream) => ({ name: stream, source: 'ImageStream' })),
      },
    },
    unfit,
  };
}

function canBeRepository({ host, name }: { readonly host: string; readonly name: string }, stream: string): boolean {
  // Nearly all are of this form, which spares the schema.
  const plain = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(stream);
  return fitsIntoImage(host, name, stream) && (plain || repositoryName.safeParse(stream).success);
}

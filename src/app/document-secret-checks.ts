import { parseOrganization, type QuayOrganization } from '../api/index.js';
import { QuaysideError, TerminalError, toError } from '../errors/index.js';
import { type Check, failed, resolveSecrets, type SecretProblem } from '../integration/index.js';
import { itemWords, secretRefsOf } from '../plan/index.js';
import { namedSecrets } from './converge-state.js';
import { declaredDocuments } from '../pipeline/organization-pass.js';
import { type Session } from '../pipeline/session.js';
import { readCluster } from './open-inputs.js';

const name = 'Secrets of documents';

/**
 * Whether documents may have the Secrets that they name: those of the state repository as they would be applied, overlays
 * merged in, and the objects of the cluster.
 */
export async function checkDocumentSecrets(
  session: Omit<Session, 'known'>,
  namespace: string,
): Promise<readonly Check[]> {
  const { cluster, integration } = session.inputs;
  try {
    const known = await readCluster(session.inputs);
    const { documents } = await declaredDocuments({ ...session, known }, true);
    const objects = (await cluster.organizations()).flatMap(readable);
    const all = [...documents, ...objects.filter(({ spec }) => spec.integration === integration.metadata.name)];
    const uses = new Set(all.flatMap(usesIn));
    if (uses.size === 0) return [];
    const whence = { store: cluster, namespace, integrations: namedSecrets(known, namespace) };
    const { problems } = await resolveSecrets(whence, all);
    if (problems.length === 0) return [{ name, outcome: 'ok', message: `${uses.size} named, and each allows it` }];
    // The same is often stated by a file and by its object.
    const told = new Map(problems.map(toCheck).map((check) => [check.message, check]));
    return [...told.values()];
  } catch (error) {
    return [{ name, outcome: 'skipped', message: `the documents could not be made: ${toError(error).message}` }];
  }
}

function usesIn({ spec }: QuayOrganization): readonly string[] {
  return [...secretRefsOf(spec).keys()].map((managedItem) => `${spec.name} ${managedItem}`);
}

/** What breaks the schema is not applied, and names nothing. */
function readable(object: object): readonly QuayOrganization[] {
  try {
    return [parseOrganization(object)];
  } catch (error) {
    if (error instanceof QuaysideError) return [];
    throw error;
  }
}

function toCheck({ organization, managedItem, error: { code, message, hint } }: SecretProblem): Check {
  const details = hint === undefined ? {} : { hint };
  return failed(name, new TerminalError(code, `${organization}, ${itemWords(managedItem)}: ${message}`, details));
}

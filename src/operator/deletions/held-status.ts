import { type QuayIntegrationStatus } from '../../api/index.js';
import { type ChangeSet, type Held } from '../../converge/index.js';

/** What is held, as the status of the integration has it. */
export function heldStatus(held: ChangeSet['held']): QuayIntegrationStatus['held'] {
  if (held === undefined) return undefined;
  const plain = (one: Held | undefined) => one && { names: [...one.names], hash: one.hash };
  const organizations = plain(held.organizations);
  const repositories = plain(held.repositories);
  return { ...(organizations && { organizations }), ...(repositories && { repositories }) };
}

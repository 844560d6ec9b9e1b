import { type Documents } from './documents.js';
import { organizationKind, type OrganizationKind } from './organization-kind.js';
import { type Pass, runPass } from './pass.js';
import { type Session, writerOf } from './session.js';

/** The kinds that an integration writes, in one commit. */
// A type, so that it is one of `Kinds`: an interface might get other fields.
export type IntegrationKinds = { readonly organizations: OrganizationKind };

/** Documents of an integration, and the pass that read them where they come from the state repository. */
export interface Declared extends Documents {
  readonly pass?: Pass<IntegrationKinds>;
}

/** Runs the pass for one integration; one that is suspended stops before the commit, as a dry run does. */
export async function integrationPass(session: Session, dryRun: boolean): Promise<Pass<IntegrationKinds>> {
  const kinds = { organizations: organizationKind(session) };
  return runPass(kinds, writerOf(session), dryRun || session.inputs.integration.spec.suspend);
}

/** The documents that the state repository holds after a pass. */
export async function declaredDocuments(session: Session, dryRun: boolean): Promise<Declared> {
  const pass = await integrationPass(session, dryRun);
  return { ...pass.read.organizations, pass };
}

/** The same for who does nothing where his push was refused. */
export async function pushedDocuments(session: Session, dryRun: boolean): Promise<Declared> {
  const declared = await declaredDocuments(session, dryRun);
  const fault = declared.pass?.git.fault;
  if (fault !== undefined) throw fault;
  return declared;
}

/** Per file where somebody took our change back: what happened, and how it goes on. */
export function heldBack({ pass }: Pick<Declared, 'pass'>): readonly string[] {
  const kept =
    pass?.git.kept.filter(({ path, reason }) => reason === 'Reverted' && path.includes('/organizations/')) ?? [];
  return kept.map(({ path, message }) => {
    const overlay = path.replace('/organizations/', '/overlays/');
    return (
      `${path}: ${message}, so the file stays as it is until the rendered content changes. ` +
      `To accept our change, restore the file; to keep the difference, write it into ${overlay} or list the namespace in ignore.yaml`
    );
  });
}

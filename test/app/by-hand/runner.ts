import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QuayOrganization } from '../../../src/api/index.js';
import { readConfiguration } from '../../../src/process/configuration.js';
import { exportedFile, exportOrganization } from '../../../src/app/export.js';
import { applyState, type ApplyResult } from '../../../src/app/apply.js';
import { registryAt } from '../../fixtures/registry-at.js';
import { integrationObject } from '../../fixtures/integration.js';
import { ownershipKey } from '../../support/ownership-key.js';

/** What the commands export, plan and apply do, without the processes. */
export interface CommandRunner {
  export(organization: string): Promise<{ readonly document: QuayOrganization; readonly text: string }>;
  /** Keeps a file to be planned and applied from now on. */
  keep(text: string): Promise<void>;
  plan(): Promise<Outcome>;
  apply(): Promise<Outcome>;
  close(): Promise<void>;
}

export interface Outcome {
  readonly result: ApplyResult;
  readonly words: readonly string[];
  /** What stood in the way, in words. */
  readonly trouble: readonly string[];
}

/** Somebody who takes over one organization of this Quay, with a state repository of its own. */
export async function runnerFor(quay: { readonly url: string; readonly token: string }): Promise<CommandRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-test-'));
  const at = (name: string): string => join(folder, name);
  await writeFile(
    at('integration.json'),
    JSON.stringify(
      integrationObject({ ...registryAt(quay.url), credentialsSecret: { namespace: 'quayside', name: 'quay' } }),
    ),
  );
  const configuration = readConfiguration({
    PATH: process.env.PATH,
    HOME: folder,
    QUAYSIDE_QUAY_TOKEN: quay.token,
    QUAYSIDE_OWNERSHIP_KEY: ownershipKey,
  });
  const options = {
    namespace: 'quayside',
    integration: at('integration.json'),
    clusterUid: '5b0f4f7e-2f4d-4c0c-9c3b-0d5f6a7b8c9d',
    state: at('state.git'),
    adoption: 'Always' as const,
  };
  const go = async (dryRun: boolean): Promise<Outcome> => {
    const result = await applyState(
      { ...options, documents: [at('document.yaml')], dryRun, roles: true, maxDeletions: 0 },
      configuration,
    );
    const { organizations, stopped } = result.changeSet;
    return {
      result,
      words: organizations.flatMap(({ plan }) => plan?.changes.map(({ words }) => words) ?? []),
      trouble: [
        ...(stopped === undefined ? [] : [stopped.message]),
        ...result.problems.map(({ message }) => message),
        ...organizations.flatMap(({ failure, reason, message, failed, notDone, plan }) => [
          ...(failure === undefined ? [] : [failure.message]),
          ...(reason === undefined ? [] : [`${reason}: ${message}`]),
          ...failed.map(({ change, failure: why }) => `${change.words}: ${why.message}`),
          ...(dryRun ? [] : notDone.map(({ words }) => `not done: ${words}`)),
          ...(plan?.skipped.map(({ what, message: why }) => `skipped: ${what}: ${why}`) ?? []),
        ]),
      ],
    };
  };
  return {
    async export(organization) {
      const exported = await exportOrganization(organization, options, configuration);
      return { document: exported.document, text: exportedFile(exported) };
    },
    keep: (text) => writeFile(at('document.yaml'), text),
    plan: () => go(true),
    apply: () => go(false),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

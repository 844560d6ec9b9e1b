import {
  buildImportedAnnotation,
  buildImportedDigestAnnotation,
  buildImportOfAnnotation,
  buildImportSkippedAnnotation,
} from '../../api/index.js';
import { type KubeClient } from '../../kube/index.js';
import { type Candidate } from '../import-decision.js';
import { type BuildRecord } from '../import-record.js';
import { markBuild } from './mark-build.js';

/** How it ended: with the digest that the tag has now, or with nothing to put into it. */
export type Settlement = { readonly digest: string | undefined } | { readonly skipped: 'ImageStreamGone' };

/**
 * Marks the Build as done with, and before it those that it has overtaken: were it deleted, one of them would be the newest,
 * and would bring the tag back to what it was.
 */
export async function settle(
  client: Pick<KubeClient, 'call'>,
  { build, overtaken }: Candidate,
  settlement: Settlement,
): Promise<void> {
  for (const one of overtaken) await markBuild(client, one, skippedMarks(one, 'Overtaken'));
  const marks = 'skipped' in settlement ? skippedMarks(build, settlement.skipped) : importedMarks(build, settlement);
  await markBuild(client, build, marks);
}

function importedMarks({ uid }: BuildRecord, { digest }: { readonly digest: string | undefined }): Marks {
  return {
    [buildImportedAnnotation]: 'true',
    [buildImportOfAnnotation]: uid,
    ...(digest !== undefined && { [buildImportedDigestAnnotation]: digest }),
  };
}

function skippedMarks({ uid }: BuildRecord, why: string): Marks {
  return { [buildImportSkippedAnnotation]: why, [buildImportOfAnnotation]: uid };
}

type Marks = Readonly<Record<string, string>>;

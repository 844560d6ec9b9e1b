import { type Problem } from '../errors/index.js';
import { integrationPass } from '../pipeline/organization-pass.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { openState } from '../pipeline/open-state-repository.js';
import { type Proposal } from '../pipeline/publish-reviewed.js';
import { type Configuration } from '../process/configuration.js';
import { type Published } from '../publish/index.js';
import { openInputs, readCluster } from './open-inputs.js';
import { reviewOf } from './review-of.js';

export interface ProposeOptions extends InputOptions {
  /** Propose again what was refused or written over. */
  readonly again?: boolean;
}

/** What a proposal came to; plain data without a secret. */
export interface ProposeResult {
  readonly integration: string;
  readonly state: string;
  /** What was pushed without review. */
  readonly git: Published;
  /** Absent where the integration asks for no review: then everything was pushed. */
  readonly proposal?: Proposal;
  readonly problems: readonly Problem[];
}

/** Brings the documents into Git as `spec.git.review` says, and does nothing else: nothing is asked of Quay. */
export async function proposeState(options: ProposeOptions, configuration: Configuration): Promise<ProposeResult> {
  const inputs = await openInputs(options, configuration);
  try {
    const known = await readCluster(inputs);
    const state = await openState(inputs, options, { ...configuration, readOnly: false });
    const review = reviewOf(inputs, options, { state, configuration });
    try {
      const { repository } = state;
      const pass = await integrationPass({ inputs, known, repository, ...(review && { review: review.mode }) }, false);
      if (pass.git.fault !== undefined) throw pass.git.fault;
      return {
        integration: inputs.integration.metadata.name,
        state: repository.description,
        git: pass.git,
        ...(pass.proposal && { proposal: pass.proposal }),
        problems: pass.read.organizations.problems,
      };
    } finally {
      await review?.close();
      await state.close();
    }
  } finally {
    await inputs.cluster.close();
  }
}

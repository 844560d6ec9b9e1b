import { type StandIn, startGitHub as github, startGitLab as gitlab } from '@quayside/simulator/forge';
import { temporaryFolder } from '../support/temporary.js';

export type { Said, StandIn } from '@quayside/simulator/forge';

const surroundings = async () => ({ folder: await temporaryFolder(), environment: process.env });

/** A stand-in for GitHub in a folder that `removeTemporary` takes away. */
export const startGitHub = async (): Promise<StandIn> => github(await surroundings());

/** The same for GitLab. */
export const startGitLab = async (): Promise<StandIn> => gitlab(await surroundings());

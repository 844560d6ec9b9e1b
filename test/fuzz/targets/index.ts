import { type Target } from '../target.js';
import { dump } from './dump.js';
import { git } from './git.js';
import { quay } from './quay.js';
import { review } from './review.js';
import { state } from './state.js';

/** Everything that comes from outside, by name. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = { review, state, quay, dump, git };

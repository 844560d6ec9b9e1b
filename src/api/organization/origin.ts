import * as z from 'zod';

export const origin = z.enum(['created', 'predecessor', 'adopted']);
/** How an organization came to be ours. */
export type Origin = z.infer<typeof origin>;

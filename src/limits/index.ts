import { fileLimits, forgeLimits, quayLimits } from './files.js';
import { type Limit } from './limit.js';
import { clusterLimits, objectLimits } from './objects.js';
import { outputLimits } from './output.js';
import { gitLimits, stateLimits } from './state.js';
import { webhookLimits } from './webhook.js';

export { type Limit, type Unit } from './limit.js';
export { limitsPage } from './page.js';

/** Everything that comes from outside, how much of it is taken, and what happens beyond that. */
export const limitTable = {
  ...webhookLimits,
  ...stateLimits,
  ...objectLimits,
  ...clusterLimits,
  ...outputLimits,
  ...gitLimits,
  ...fileLimits,
  ...quayLimits,
  ...forgeLimits,
} as const satisfies Readonly<Record<string, Limit>>;

/** The numbers alone. */
export const limits = Object.fromEntries(
  Object.entries<Limit>(limitTable).map(([name, { most }]) => [name, most]),
) as Readonly<Record<keyof typeof limitTable, number>>;

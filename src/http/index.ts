export { type Broken, brokenBy, type BrokenBy } from './broken.js';
export { exchange, type Exchange } from './exchange.js';
export { openPool, type PoolOptions, type ServerPool } from './pool.js';
export { firstLine } from './redact.js';
export { retryAfterSeconds } from './retry-after.js';
export { type Authority, certificatesIn } from './trust.js';

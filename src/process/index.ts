export { giveMemoryBack } from './give-memory-back.js';
export { logCrashes } from './crash.js';
export { limitConnections } from './limit-connections.js';
export { listen } from './listen.js';
export { type ListenAddress, parseListenAddress } from './listen-address.js';
export { createLog, type Log, logLevels, type LogOptions } from './log/log.js';
export { createMetrics, type Metrics } from './metrics/metrics.js';
export { type Health, type Operations, type OperationsOptions, startOperations } from './operations.js';
export { onShutdown, type Shutdown, type ShutdownOptions } from './shutdown.js';

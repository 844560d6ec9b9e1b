export { checkStorage } from './check-storage.js';
export { type EngineArguments, type EngineName, engines, type StorageEngine } from './engines.js';

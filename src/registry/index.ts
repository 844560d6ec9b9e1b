export * from './config/value.js';
export * from './faults.js';
export * from './inputs.js';
export * from './model.js';

// Apart from the other kinds: only what renders a registry loads these, and they are large.
export * from './component.js';
export * from './kubernetes/affinity.js';
export * from './kubernetes/env-var.js';
export * from './kubernetes/placement.js';
export * from './kubernetes/quantity.js';
export * from './kubernetes/security-context.js';
export * from './options/access.js';
export * from './options/builders.js';
export * from './options/status.js';
export * from './options/workloads.js';
export * from './parse.js';
export * from './quay-registry.js';
export * from './quay-registry-options.js';
export * from './status.js';

import { type Labels } from '../../../src/registry/index.js';

// Argo CD knows a line and no edges: first what nothing waits for, then data, the migration, and what needs both.
const waves = { data: '1', migration: '2', application: '3' } as const;

/** The annotation by which Argo CD applies an object after those of the waves before. */
export function registryWave(name: keyof typeof waves): Labels {
  return { 'argocd.argoproj.io/sync-wave': waves[name] };
}

/** A Job cannot be changed: who applies it has to make it again. */
export const madeAgain: Labels = {
  'argocd.argoproj.io/sync-options': 'Force=true,Replace=true',
  'kustomize.toolkit.fluxcd.io/force': 'enabled',
};

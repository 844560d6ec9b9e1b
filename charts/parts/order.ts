/** The order for Argo CD; objects without one come last, in wave 0. */
const waves = { crds: '-10', namespace: '-8', access: '-5', certificates: '-3' } as const;

/** The annotation for something that has to be there before others. */
export function wave(name: keyof typeof waves): Readonly<Record<string, string>> {
  return { 'argocd.argoproj.io/sync-wave': waves[name] };
}

/** What goes with an object when no tool may remove it because a file or an application is gone. */
export const kept: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** What a role allows, as Kubernetes writes it. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** The rules that one feature needs: a small role. */
export interface Grant {
  /** Comes after the name of the installation in the name of the role. */
  readonly feature: string;
  readonly rules: readonly Rule[];
}

/** Rules for objects of one group; with names only for the objects that have them. */
export function rule(group: string, resources: string, verbs: string, names?: readonly string[]): Rule {
  return {
    apiGroups: [group],
    resources: resources.split(' '),
    verbs: verbs.split(' '),
    ...(names !== undefined && { resourceNames: names }),
  };
}

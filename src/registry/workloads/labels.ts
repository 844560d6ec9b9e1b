import { type ComponentKind } from '../../api/index.js';
import { protectedAnnotations, protectedLabels } from '../components/override-rules.js';
import { type Labels } from '../model/workload.js';
import { type Context, overridesOf } from '../settings/context.js';

/** On every object of a registry. */
export const registryLabel = 'quay-operator/quayregistry';

/** The label by which the parts of a registry are told apart, and selected. */
export const componentLabel = 'quay-component';

export function registryLabels({ name }: Pick<Context, 'name'>): Labels {
  return { [registryLabel]: name };
}

/** The user's labels but those by which objects are selected. */
export function overrideLabels(context: Context, kind: ComponentKind): Labels {
  return without(overridesOf(context, kind).labels, protectedLabels);
}

/** The user's annotations but those that say what an object is. */
export function overrideAnnotations(context: Context, kind: ComponentKind): Labels {
  return without(overridesOf(context, kind).annotations, protectedAnnotations);
}

function without(given: Labels | undefined, taken: ReadonlySet<string>): Labels {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => !taken.has(key)));
}

/** What people see on each object: under which names the registry is called. */
export function hostnameAnnotations({ hostnames }: Pick<Context, 'hostnames'>): Labels {
  return {
    'quay-registry-hostname': hostnames.server ?? '',
    'quay-buildmanager-hostname': hostnames.builder ?? '',
  };
}

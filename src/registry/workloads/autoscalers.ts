import { type ComponentKind } from '../../api/index.js';
import { type FaultText } from '../faults.js';
import { type AutoscalerModel } from '../model/parts.js';
import { type Context, isManaged, workloadOptions } from '../settings/context.js';

const scaled = [
  { kind: 'quay', most: 20 },
  { kind: 'clair', most: 10 },
  { kind: 'mirror', most: 20 },
] as const;

/** An autoscaler for each managed component that can have several pods. */
export function autoscalers(context: Context): readonly AutoscalerModel[] {
  if (!isManaged(context, 'horizontalpodautoscaler')) return [];
  const names: Readonly<Partial<Record<ComponentKind, string>>> = {
    quay: context.names.app,
    clair: context.names.clair,
    mirror: context.names.mirror,
  };
  return scaled
    .filter(({ kind }) => isManaged(context, kind))
    .map(({ kind, most }) => {
      const { minReplicas = 2, maxReplicas = Math.max(most, minReplicas), cpu, memory } = boundsOf(context, kind);
      const isStated = cpu !== undefined || memory !== undefined;
      return {
        name: names[kind] ?? '',
        component: kind,
        minReplicas,
        maxReplicas,
        ...(!isStated && { cpu: 90, memory: 90 }),
        ...(cpu !== undefined && { cpu }),
        ...(memory !== undefined && { memory }),
      };
    });
}

function boundsOf(context: Context, kind: ComponentKind) {
  return workloadOptions(context, kind).autoscaling ?? {};
}

/** Bounds that contradict each other, or that nothing reads. */
export function autoscalerFaults(context: Context): readonly FaultText[] {
  return scaled.flatMap(({ kind }) => {
    const bounds = workloadOptions(context, kind).autoscaling;
    const path = `spec.components.${kind}.autoscaling`;
    const reason = 'OptionsInvalid';
    if (bounds === undefined) return [];
    const { minReplicas = 2, maxReplicas } = bounds;
    if (maxReplicas !== undefined && maxReplicas < minReplicas) {
      const message = `maxReplicas is ${maxReplicas}, below minReplicas, which is ${minReplicas}`;
      return [{ path, message, hint: 'Raise maxReplicas, or state minReplicas.', reason }];
    }
    if (isManaged(context, 'horizontalpodautoscaler') && isManaged(context, kind)) return [];
    const hint = `Take it out, or have horizontalpodautoscaler and ${kind} managed.`;
    return [{ path, message: 'has no effect: there is no autoscaler', hint, reason, severity: 'warning' }];
  });
}

/** What a Pod is there for. */
export type Component = 'operator' | 'webhook' | 'certificates';

/** What every object of the installation carries. */
export const installationLabels = { 'app.kubernetes.io/name': 'quayside' } as const;

/** Labels of the objects of one component; also what selectors look for, so they never change. */
export function componentLabels(component: Component): Readonly<Record<string, string>> {
  return { ...installationLabels, 'app.kubernetes.io/component': component };
}

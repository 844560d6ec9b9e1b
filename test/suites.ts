/**
 * The suites that take longest: one in ten tests, and two thirds of the time. They kill, flood, wait, or have a control plane or a
 * Gitea of their own. `npm test` leaves them to `npm run test:long`; CI runs both.
 */
export const long: readonly string[] = [
  'test/certs/crash.cluster.test.ts',
  'test/certs/ensure.cluster.test.ts',
  'test/charts/granted.cluster.test.ts',
  'test/charts/install.cluster.test.ts',
  'test/charts/uninstall.cluster.test.ts',
  'test/cli/bad-input/integrations.e2e.test.ts',
  'test/cli/bad-input/state-files.e2e.test.ts',
  'test/cli/demo.e2e.test.ts',
  'test/cli/export.e2e.test.ts',
  'test/cli/killed.e2e.test.ts',
  'test/cli/people.e2e.test.ts',
  'test/cli/pipeline.e2e.test.ts',
  'test/cli/safety.e2e.test.ts',
  'test/defects/deleting.e2e.test.ts',
  'test/defects/git.e2e.test.ts',
  'test/defects/operator.cluster.test.ts',
  'test/field/command-lines.e2e.test.ts',
  'test/field/r29-first-builds.cluster.test.ts',
  'test/field/r6-proxy.e2e.test.ts',
  'test/forge/gitea.forge.test.ts',
  'test/forge/life-github.test.ts',
  'test/forge/life-gitlab.test.ts',
  'test/hostile/trust-boundaries.cluster.test.ts',
  'test/operator/api-server-faults.cluster.test.ts',
  'test/operator/bad-input.cluster.test.ts',
  'test/operator/deletes-nothing.cluster.test.ts',
  'test/operator/deleting/deleting.cluster.test.ts',
  'test/operator/git.cluster.test.ts',
  'test/operator/many-organizations/many-organizations.cluster.test.ts',
  'test/operator/operations.cluster.test.ts',
  'test/operator/outages.cluster.test.ts',
  'test/operator/plain-kubernetes.cluster.test.ts',
  'test/operator/repositories-and-overlays.cluster.test.ts',
  'test/operator/state-lost.cluster.test.ts',
  'test/operator/taken-over.cluster.test.ts',
  'test/operator/two-clusters/two-clusters.cluster.test.ts',
  'test/operator/two-operators.cluster.test.ts',
  'test/operator/walkthrough.cluster.test.ts',
  'test/registry/command-line.e2e.test.ts',
  'test/trust/s11-forged-record.e2e.test.ts',
  'test/trust/s18-duplicated.cluster.test.ts',
  'test/trust/s7-webhook-budget.e2e.test.ts',
  'test/webhook/replicas.cluster.test.ts',
];

/**
 * The suites that jest leaves out, as patterns of paths: those that are not `short` or not `long`, whatever was chosen; none
 * without a choice, or where the arguments name a path.
 */
export function leftOut(chosen: string | undefined, named: readonly string[]): readonly string[] {
  if (chosen === undefined || named.some(isPath)) return [];
  const paths = `/(?:${long.map((path) => path.replaceAll('.', '\\.')).join('|')})$`;
  if (chosen === 'short') return [paths];
  if (chosen === 'long') return [`^(?!.*${paths})`];
  throw new Error(`QUAYSIDE_SUITES is ${chosen}, and may be short or long`);
}

/** Whether an argument is a path, and not the value of the option before it. */
function isPath(argument: string, at: number, all: readonly string[]): boolean {
  if (argument.startsWith('-')) return argument.startsWith('--testPathPattern');
  return argument.includes('test/') || !all[at - 1]?.startsWith('-');
}

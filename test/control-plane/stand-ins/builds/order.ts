import { type Build, type BuildConfig, configLabel, numberAnnotation, policyLabel } from './generate.js';

const terminal = new Set(['Complete', 'Failed', 'Error', 'Cancelled']);

export const isOver = ({ status }: Build): boolean => terminal.has(status?.phase ?? 'New');
export const isNew = ({ status }: Build): boolean => (status?.phase ?? 'New') === 'New';
export const configOf = ({ metadata }: Build): string | undefined =>
  metadata.annotations?.[configLabel] ?? metadata.labels?.[configLabel];

const numberOf = ({ metadata }: Build): number => Number(metadata.annotations?.[numberAnnotation] ?? 0);

/** Whether a build has to wait for others of its configuration: all earlier ones, unless they may run in parallel. */
export function mustWait(build: Build, others: readonly Build[]): boolean {
  const config = configOf(build);
  if (config === undefined || build.metadata.labels?.[policyLabel] === 'Parallel') return false;
  const siblings = others.filter(
    (one) => configOf(one) === config && one.metadata.name !== build.metadata.name && !isOver(one),
  );
  return siblings.some((one) => !isNew(one) || numberOf(one) < numberOf(build));
}

/** The builds of a configuration that its history has no place for any more. */
export function superfluous(config: BuildConfig, builds: readonly Build[]): readonly Build[] {
  const own = builds.filter((build) => configOf(build) === config.metadata.name);
  const newestFirst = [...own].sort((a, b) => numberOf(b) - numberOf(a));
  const beyond = (limit: number | undefined, phases: readonly string[]): readonly Build[] => {
    const ended = newestFirst.filter(({ status }) => phases.includes(status?.phase ?? ''));
    return limit === undefined ? [] : ended.slice(limit);
  };
  const { successfulBuildsHistoryLimit, failedBuildsHistoryLimit } = config.spec;
  return [
    ...beyond(successfulBuildsHistoryLimit, ['Complete']),
    ...beyond(failedBuildsHistoryLimit, ['Failed', 'Error', 'Cancelled']),
  ];
}

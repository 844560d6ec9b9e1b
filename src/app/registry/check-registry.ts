import { InvalidInput } from '../../errors/index.js';
import { sentence } from './schema-faults.js';
import { type Environment, type LocatedFault, openRegistry, type RegistryOptions } from './open-registry.js';

/** Everything that is wrong with a registry, or with the files that it should be read from. */
export interface CheckedRegistry {
  /** `namespace/name`; null where the files could not be read. */
  readonly registry: string | null;
  readonly errors: number;
  readonly warnings: number;
  readonly faults: readonly LocatedFault[];
}

/** Checks a registry. Files that cannot be read are faults as well; a cluster that cannot be reached is thrown. */
export async function checkRegistryFaults(
  options: RegistryOptions,
  environment: Environment,
): Promise<CheckedRegistry> {
  try {
    const opened = await openRegistry(options, environment);
    await opened.close();
    const { namespace, name } = opened.result.model;
    return counted(`${namespace}/${name}`, opened.problems);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const severity = 'error' as const;
    return counted(
      null,
      error.problems.map(({ hint = 'Correct the file, and check again.', ...problem }) => ({
        ...problem,
        hint: sentence(hint),
        severity,
        object: problem.source ?? '',
      })),
    );
  }
}

function counted(registry: string | null, faults: readonly LocatedFault[]): CheckedRegistry {
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  return { registry, errors, warnings: faults.length - errors, faults };
}

import { type FaultText } from '../faults.js';
import { type Components } from '../components/resolve.js';
import { type Names } from './names.js';

/** Services, labels and host names have no more characters. */
const longest = 63;

const path = 'metadata.name';
const reason = 'ComponentCreationFailed' as const;

/** What is wrong with the registry's name, for the objects that are named after it. */
export function nameFaults(name: string, names: Names, components: Components): readonly FaultText[] {
  const made: readonly [string, string][] = [
    // With the five characters that tell migrations apart.
    ['Job', `${names.migration}-00000`],
    ...(components.postgres.managed ? [['Service, database and role', names.database] as [string, string]] : []),
    ...(components.clairpostgres.managed ? [['Service', names.clairDatabase] as [string, string]] : []),
    ...(components.clair.managed ? [['Service', names.clair] as [string, string]] : []),
    ...(components.monitoring.managed ? [['Service', names.metrics] as [string, string]] : []),
  ];
  const [kind, tooLong] = made.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ['', ''];
  const most = name.length - (tooLong.length - longest);
  const message = `makes the ${kind} ${tooLong}, of ${tooLong.length} characters`;
  return [
    ...letterFaults(name),
    ...(tooLong.length <= longest
      ? []
      : [{ path, reason, message, hint: `Use at most ${most} characters: names have ${longest}.` }]),
  ];
}

function letterFaults(name: string): readonly FaultText[] {
  const hint = 'Begin with a letter, and use small letters, digits and dashes.';
  const wrong = [
    [name.includes('.'), 'has a dot, and Services cannot have one in their names'],
    [!/^[a-z]/.test(name), 'begins with no letter, as the name of a Service has to'],
    [!/^.[-a-z0-9.]*$/.test(name), 'has characters that the name of a Service cannot have'],
    [name.endsWith('-'), 'ends with a dash, which the name of a Service cannot'],
  ] as const;
  return wrong.filter(([is]) => is).map(([, message]) => ({ path, reason, message, hint }));
}

import { type FaultText } from '../faults.js';
import { type Components } from '../components/resolve.js';
import { type Names } from './names.js';

/** Services, labels and host names have no more characters. */
const longest = 63;

/** What is wrong with the registry's name, for the objects that are named after it. */
export function nameFaults(name: string, names: Names, components: Components): readonly FaultText[] {
  const path = 'metadata.name';
  const reason = 'ComponentCreationFailed';
  if (name.includes('.')) {
    const message = 'has a dot, and Services cannot have one in their names';
    return [{ path, reason, message, hint: 'Use letters, digits and dashes.' }];
  }
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    const message = 'cannot begin the name of a Service';
    return [{ path, reason, message, hint: 'Begin with a letter, and use letters, digits and dashes.' }];
  }
  const made: readonly [string, string][] = [
    // With the five characters that tell migrations apart.
    ['Job', `${names.migration}-00000`],
    ...(components.postgres.managed ? [['Service, database and role', names.database] as [string, string]] : []),
    ...(components.clairpostgres.managed ? [['Service', names.clairDatabase] as [string, string]] : []),
    ...(components.clair.managed ? [['Service', names.clair] as [string, string]] : []),
    ...(components.monitoring.managed ? [['Service', names.metrics] as [string, string]] : []),
  ];
  const [kind, tooLong] = made.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ['', ''];
  if (tooLong.length <= longest) return [];
  const most = name.length - (tooLong.length - longest);
  const message = `makes the ${kind} ${tooLong}, of ${tooLong.length} characters`;
  return [{ path, reason, message, hint: `Use at most ${most} characters: names have ${longest}.` }];
}

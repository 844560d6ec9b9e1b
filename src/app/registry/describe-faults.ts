import { formatProblem } from '../../errors/index.js';
import { codeSpan } from '../../text/index.js';
import { type LocatedFault } from './open-registry.js';

/** Every fault on a line of its own: errors first, then warnings, each in the order of its place. */
export function faultsAsText(faults: readonly LocatedFault[]): string {
  return ordered(faults)
    .map((fault) => `${fault.severity}: ${formatProblem(named(fault))}`)
    .join('\n');
}

/** The faults as a table. */
export function faultsAsMarkdown(faults: readonly LocatedFault[]): string {
  if (faults.length === 0) return 'No faults.';
  const cell = (text = ''): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = ordered(faults).map(({ severity, object, path, message, hint, source, line }) =>
    [
      severity,
      codeSpan(object),
      path === '' ? '' : codeSpan(path),
      placeOf(source, line),
      cell(message),
      cell(hint),
    ].join(' | '),
  );
  const head = ['| | Object | Field | Place | Fault | What to do |', '| --- | --- | --- | --- | --- | --- |'];
  return [...head, ...rows.map((row) => `| ${row} |`)].join('\n');
}

function placeOf(source: string | undefined, line: number | undefined): string {
  const place = [source, line].filter((part) => part !== undefined).join(':');
  return place === '' ? '' : codeSpan(place);
}

/** The object stands in front of the field, since one file may hold several. */
function named(fault: LocatedFault): LocatedFault {
  const object = fault.object === fault.source ? '' : fault.object;
  return { ...fault, path: [object, fault.path].filter((part) => part !== '').join(' ') };
}

function ordered(faults: readonly LocatedFault[]): readonly LocatedFault[] {
  const errors = faults.filter(({ severity }) => severity === 'error');
  return [...errors, ...faults.filter(({ severity }) => severity !== 'error')];
}

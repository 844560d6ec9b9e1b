import { type Fault } from '../../registry/index.js';

/** The faults that an object has however what was refused in it is read: those of the first reading that all others have too. */
export function faultsInAll(readings: readonly (readonly Fault[])[]): readonly Fault[] {
  const [first = [], ...others] = readings;
  const found = others.map((faults) => new Set(faults.map(identityOf)));
  return first.filter((fault) => found.every((others) => others.has(identityOf(fault))));
}

function identityOf({ object, path, message }: Fault): string {
  return JSON.stringify([object, path, message]);
}

/** Names the components of a list that lacks refused ones by their places in the list as it was written. */
export function atPlaces(fault: Fault, places: readonly number[]): Fault {
  const placed = (text: string): string =>
    text.replace(/spec\.components\[(\d+)\]/g, (whole, at: string) => {
      const place = places[Number(at)];
      return place === undefined ? whole : `spec.components[${place}]`;
    });
  if (!fault.object.startsWith('QuayRegistry/')) return fault;
  return { ...fault, path: placed(fault.path), message: placed(fault.message) };
}

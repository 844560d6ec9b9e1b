import { InvalidInput } from '../../errors/index.js';
import { type Fields, isRecord, textOf } from '../../json/index.js';
import { type Listed, listOf } from './list.js';
import { type Position, type ReaderEvents } from './reader.js';
import { type Source } from './source.js';

/** An object of the cluster, and where it stood. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: Fields;
  readonly source: string;
  readonly position: Position;
}

/** What a file holds, one object after the other. */
export interface ManifestSink {
  object(manifest: Manifest): void;
  /** A list that names the kind of its items was read to its end, with items or without. */
  listed(apiVersion: string, kind: string): void;
  /** A file holds something that is whole, and no object. */
  passedOver(source: string): void;
}

/**
 * Gives every object to the sink, those in lists too; what is no object, or only a part of a list, is an `InvalidInput`. In a
 * file that was found in a folder, what is no object at all is passed over.
 */
export function manifestEvents(
  { name: source, found }: Pick<Source, 'name' | 'found'>,
  sink: ManifestSink,
): ReaderEvents {
  /** Items that leave their kind to the list around them, which may name it only behind them. */
  let waiting: { readonly value: Fields; readonly position: Position }[] = [];

  const fail = failingIn(source);
  const takeStray = (what: string, position: Position, parent?: Listed): void => {
    if (found && parent === undefined) sink.passedOver(source);
    else fail(what, position, dump);
  };

  const takeElement = (value: unknown, position: Position, parent?: Listed): void => {
    if (isRecord(value)) take(value, position, parent);
    else takeStray('has an item that is no object', position, parent);
  };

  const takeList = (list: Listed, position: Position): void => {
    for (const item of list.items) takeElement(item, position, list);
    if (list.itemKind !== undefined) sink.listed(list.apiVersion, list.itemKind);
  };

  const take = (value: Fields, position: Position, parent?: Listed): void => {
    const list = listOf(value, 0);
    if (typeof list === 'string') return fail(list, position, again);
    if (list !== undefined) return takeList(list, position);
    if (found && parent === undefined && isStray(value)) return sink.passedOver(source);
    takeObject(value, position, parent);
  };

  const takeObject = (value: Fields, position: Position, parent?: Listed): void => {
    const kind = textOf(value.kind) ?? parent?.itemKind;
    const apiVersion = textOf(value.apiVersion) ?? parent?.apiVersion;
    if (kind === undefined || apiVersion === undefined) {
      return fail(
        `is not a Kubernetes object: it has no ${kind === undefined ? 'kind' : 'apiVersion'}`,
        position,
        dump,
      );
    }
    if (kind === 'Status' && value.status === 'Failure') {
      return fail('holds an error that the API server answered, not objects', position, again);
    }
    sink.object({ apiVersion, kind, object: { ...value, apiVersion, kind }, source, position });
  };

  return {
    item(value, position) {
      if (isRecord(value) && textOf(value.kind) === undefined) waiting.push({ value, position });
      else takeElement(value, position);
    },
    document(value, items, position) {
      const parts = waiting;
      waiting = [];
      const list = isRecord(value) ? listOf(value, items) : undefined;
      if (typeof list === 'string') return fail(list, position, again);
      for (const part of parts) take(part.value, part.position, list);
      if (list !== undefined) return takeList(list, position);
      if (!Array.isArray(value))
        return isRecord(value) ? take(value, position) : takeStray('holds no Kubernetes object', position);
      if (value.length + items === 0) return fail('is empty', position, again);
      for (const element of value) takeElement(element, position);
    },
  };
}

function failingIn(source: string): (message: string, position: Position, hint?: string) => never {
  return (message, position, hint) => {
    throw new InvalidInput([{ path: '', source, message, ...position, ...(hint !== undefined && { hint }) }]);
  };
}

/** One of the two alone is what a file that is cut off may have left. */
function isStray({ kind, apiVersion }: Fields): boolean {
  return textOf(kind) === undefined && textOf(apiVersion) === undefined;
}

const dump = 'Give what oc get ns,sa,is -A -o yaml prints.';
const again = 'Write the dump again, and look at what the command says while it does.';

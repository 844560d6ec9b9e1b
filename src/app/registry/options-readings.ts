import { checkRegistryOptions, quayRegistryOptionsSpec } from '../../api/registry/index.js';
import { type QuayRegistryOptions } from '../../api/index.js';
import { type Fields, isRecord, objectOrEmpty } from '../../json/index.js';
import { type Readings } from './registry-readings.js';

/**
 * Reads options that the schema may have refused: each field that is accepted for itself stays. What was refused may have been where
 * TLS ends: then there is a reading for each end that it has.
 */
export function optionsReadings(
  object: Fields,
  place: { readonly name: string; readonly namespace: string },
): Readings<QuayRegistryOptions> {
  const checked = checkRegistryOptions(object);
  const places: readonly number[] = [];
  if (checked.ok) return { values: [checked.value], problems: [], places };
  const read = (access: object): QuayRegistryOptions => ({
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayRegistryOptions',
    metadata: { ...place },
    spec: quayRegistryOptionsSpec.parse(withAccess(spec, access)),
  });
  const spec = readable(objectOrEmpty(object.spec));
  const isKnown = objectOrEmpty(spec.access).termination !== undefined;
  const ends = isKnown ? [] : [{ termination: 'passthrough' }];
  return {
    values: [read(isKnown ? {} : { termination: 'edge' }), ...ends.map(read)],
    problems: checked.problems,
    places,
  };
}

function withAccess(spec: Fields, access: object): Fields {
  return Object.keys(access).length === 0 ? spec : { ...spec, access: { ...objectOrEmpty(spec.access), ...access } };
}

/** The fields that are accepted, and of a mapping that is refused those in it. */
function readable(spec: Fields): Fields {
  const isAccepted = (field: string, value: unknown): boolean =>
    quayRegistryOptionsSpec.safeParse({ [field]: value }).success;
  const fields = Object.entries(spec).flatMap(([field, value]): readonly (readonly [string, unknown])[] => {
    if (isAccepted(field, value)) return [[field, value]];
    if (!isRecord(value)) return [];
    const inside = Object.entries(value).filter(([name, inner]) => isAccepted(field, { [name]: inner }));
    const left = Object.fromEntries(inside);
    return inside.length > 0 && isAccepted(field, left) ? [[field, left]] : [];
  });
  return Object.fromEntries(fields);
}

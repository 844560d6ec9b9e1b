import { type Fields, objectOrEmpty, textOf, textsOf } from '../json/index.js';
import { type SecretData, secretData } from './secret-data.js';

/** A Secret with what it says of itself: one read gives the value and whether it may be used. */
export interface SecretObject {
  /** Key → value. */
  readonly data: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  /** Without the copy of the whole object, values included, that kubectl leaves there. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly type: string;
}

const copyOfAll = 'kubectl.kubernetes.io/last-applied-configuration';

/** A Secret as the API gives it, or as people write it. */
export function secretObject(object: Fields): SecretObject & { readonly data: SecretData } {
  const metadata = objectOrEmpty(object.metadata);
  const { [copyOfAll]: _, ...annotations } = textsOf(metadata.annotations);
  return {
    data: secretData(object),
    labels: textsOf(metadata.labels),
    annotations,
    type: textOf(object.type) ?? 'Opaque',
  };
}

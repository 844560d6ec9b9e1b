import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type QuayOrganization } from '../api/index.js';
import { regarding, type Repair, resourceTypes } from '../kube/index.js';
import { desiredObject } from './desired-object.js';

interface Around {
  readonly integration: string;
  /** The documents of the time before, by name. */
  readonly last: ReadonlyMap<string, QuayOrganization> | undefined;
  readonly live?: { readonly uid: string } | undefined;
}

/** The object of a document as something that is kept; one whose document has changed is another one. */
export function documentRepair(document: QuayOrganization, { integration, last, live }: Around): Repair {
  const { name } = document.metadata;
  const content = JSON.stringify(desiredObject(document, integration));
  const type = resourceTypes.quayOrganization;
  return {
    owner: name,
    kind: type.kind,
    what: 'this object, as its document in the state repository has it,',
    content: createHash('sha256').update(content).digest('hex'),
    wasInPlace: isDeepStrictEqual(last?.get(name), document),
    target: { type, named: { name } },
    regarding: regarding({ name, uid: live?.uid }),
  };
}

import { asked } from './answer/failure.js';
import { listIn, objectOf, optionalText, textIn, unexpected } from './answer/fields.js';
import type { Ask } from './ask.js';
import { address } from './transport/address.js';
import type { Call } from './transport/call.js';

/** Names of all organizations of the registry, in order; Quay lists them for superusers only. */
export async function listOrganizations(ask: Ask): Promise<readonly string[]> {
  const names = new Set<string>();
  let page: string | undefined;
  do {
    const call = pageCall(page);
    const source = asked(call);
    const body = objectOf(await ask.read(call), source, 'the list');
    const found = listIn(body, 'organizations', source).map((entry) =>
      textIn(objectOf(entry, source, 'an organization'), 'name', source),
    );
    if (found.some((name) => names.has(name))) throw unexpected(source, 'the pages repeat themselves');
    for (const name of found) names.add(name);
    page = found.length === 0 ? undefined : optionalText(body, 'next_page', source);
  } while (page !== undefined);
  return [...names].sort();
}

function pageCall(page: string | undefined): Call {
  const list = 'superuser/organizations/?limit=100';
  return {
    method: 'GET',
    scope: 'super:user',
    ...(page === undefined ? address(list) : address(`${list}&next_page={page}`, page)),
  };
}

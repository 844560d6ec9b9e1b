import { asked } from './answer/failure.js';
import { listIn, objectOf, optionalText, textIn } from './answer/fields.js';
import type { Ask } from './ask.js';
import { address } from './transport/address.js';
import type { Call } from './transport/call.js';

const mostPages = 10_000;

/** When each repository of an organization got its newest tag, in milliseconds; none that has no tag. */
export async function readLastPushes(ask: Ask, organization: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let page: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const call = pageCall(organization, page);
    const body = objectOf(await ask.read(call), asked(call), 'the list');
    for (const entry of listIn(body, 'repositories', asked(call))) {
      const repository = objectOf(entry, asked(call), 'a repository');
      const { last_modified: seconds } = repository;
      if (typeof seconds === 'number') found.set(textIn(repository, 'name', asked(call)), seconds * 1000);
    }
    const next = optionalText(body, 'next_page', asked(call));
    if (next === undefined || next === page) break;
    page = next;
  }
  return found;
}

function pageCall(organization: string, page: string | undefined): Call {
  const list = 'repository?namespace={organization}&last_modified=true';
  const query =
    page === undefined ? address(list, organization) : address(`${list}&next_page={page}`, organization, page);
  return { method: 'GET', organization, scope: 'repo:read', ...query };
}

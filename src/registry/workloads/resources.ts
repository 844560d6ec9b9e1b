import { type Quantity, type Resources } from '../../api/index.js';
import { amountOf } from '../quantities.js';

/**
 * The user's requests and limits in place of the built-in ones, each list for itself. A built-in limit below a request of
 * the user's would make the pod impossible, so it goes.
 */
export function resourcesWith(builtIn: Resources, stated: Resources | undefined): Resources {
  if (stated === undefined) return builtIn;
  const requests = stated.requests ?? kept(builtIn.requests, (name, amount) => !above(amount, stated.limits?.[name]));
  const limits = stated.limits ?? kept(builtIn.limits, (name, amount) => !above(stated.requests?.[name], amount));
  return { ...(requests !== undefined && { requests }), ...(limits !== undefined && { limits }) };
}

type Amounts = Resources['limits'];

function kept(amounts: Amounts, keep: (name: string, amount: Quantity) => boolean): Amounts {
  const left = Object.entries(amounts ?? {}).filter(([name, amount]) => keep(name, amount));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function above(amount: Quantity | undefined, other: Quantity | undefined): boolean {
  return amount !== undefined && other !== undefined && amountOf(amount) > amountOf(other);
}

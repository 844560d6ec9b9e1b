import { type Quantity, type Resources } from '../../api/index.js';

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity as a number, NaN where it is none. */
export function amountOf(quantity: Quantity): number {
  const [, number = '', unit = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  return number === '' ? NaN : Number(number) * (factors[unit] ?? NaN);
}

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

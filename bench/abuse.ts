import { attack } from '../test/fixtures/admission/attack.js';
import { admissionLoad } from '../test/fixtures/admission/load.js';
import { loneWebhook } from '../test/fixtures/admission/lone-webhook.js';
import { type Benchmark, result } from './result.js';

const namespaces = 100;
/** Half of what the API server waits for an answer. */
const bound = 5_000;

/** Real reviews at 100 a second while pods send the webhook whatever costs it most; a review that fails ends it. */
export const abuse: Benchmark = async () => {
  const webhook = await loneWebhook(namespaces);
  const load = admissionLoad(webhook.port, webhook.ca, namespaces);
  try {
    await load.flood(2_000, 8);
    const end = attack(webhook);
    const taken = await load.steady(100, 20);
    await end();
    const p99 = taken[Math.ceil(taken.length * 0.99) - 1] ?? NaN;
    return [
      result('admission under attack: p99 at 100 a second', { value: p99, bound, unit: 'ms', goal: 1 }),
      result('admission under attack: peak memory', {
        value: webhook.peak(),
        bound: webhook.memory,
        unit: 'MiB',
        goal: 1,
      }),
    ];
  } finally {
    load.close();
    await webhook.stop();
  }
};

import { type Integrations } from '../../src/operator/integrations/integrations.js';
import { type KnownIntegration } from '../../src/operator/integrations/known-integration.js';
import { type IntegrationReport } from '../../src/operator/status/integration-report.js';

/** The only integration there is; counts the plans that it is told of. */
export function onlyIntegration(known: KnownIntegration): {
  readonly integrations: Integrations;
  readonly plans: () => number;
  readonly announce: () => void;
} {
  const { name } = known.integration.metadata;
  const handlers: ((name: string) => void)[] = [];
  let reported: IntegrationReport = {};
  let plans = 0;
  const integrations: Integrations = {
    get: (one) => (one === name ? known : undefined),
    all: () => [known],
    exists: () => 'Yes',
    readable: () => [known.integration],
    areAllReadable: () => true,
    report: (_, found) => {
      reported = { ...reported, ...found };
      if (found.plan !== undefined) plans += 1;
    },
    writeStatus: () => Promise.resolve(),
    status: () => undefined,
    reported: () => reported,
    onChange: (handler) => void handlers.push(handler),
    isIdle: () => true,
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
  return { integrations, plans: () => plans, announce: () => handlers.forEach((handler) => handler(name)) };
}

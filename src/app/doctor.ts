import { type NamespaceRecord } from '../api/index.js';
import { selection } from '../desired/index.js';
import { toError } from '../errors/index.js';
import { type Check, failed, preflight } from '../integration/index.js';
import { type Quay } from '../quay/index.js';
import { type Configuration } from '../process/configuration.js';
import { checkTakeover } from './doctor-takeover.js';
import { checkForge } from './doctor-forge.js';
import { checkOwnershipKey } from './doctor-ownership.js';
import { checkSecrets } from './doctor-secrets.js';
import { checkDocumentSecrets } from './document-secret-checks.js';
import { openInputs, openQuay } from './open-inputs.js';
import { checkProxy } from './proxy-check.js';
import { checkRecord } from './record-check.js';
import { forgePlaceOf } from './review-of.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { openState } from '../pipeline/open-state-repository.js';

/** Looks at everything that an apply needs; writes nothing but a ref that is deleted at once. */
export async function examine(options: InputOptions, configuration: Configuration): Promise<readonly Check[]> {
  const inputs = await openInputs(options, configuration);
  const { integration, cluster } = inputs;
  const quay = await openQuay(inputs, options, configuration).catch((error: unknown) => toError(error));
  try {
    const select = selection(integration.spec);
    const snapshot = await cluster.snapshot();
    const selects = (namespace: NamespaceRecord): boolean => select(namespace).selected;
    const pullSecrets = await cluster.pullSecrets();
    const checks = await preflight({ integration, quay, snapshot, pullSecrets, selects });
    const isUsable = !(quay instanceof Error) && checks.every(({ outcome }) => outcome !== 'failed');
    const takeover = isUsable ? await checkTakeover(inputs, quay, snapshot, selects) : [];
    const secrets = await checkSecrets(inputs, options, configuration);
    const key = await checkOwnershipKey(inputs, options, configuration);
    const proxies = checkProxy(inputs, options, configuration);
    const state = await checkState(inputs, options, configuration);
    return [...proxies, ...checks, ...takeover, key, ...secrets, ...state];
  } finally {
    await close(quay);
    await cluster.close();
  }
}

async function close(quay: Quay | Error): Promise<void> {
  if (!(quay instanceof Error)) await quay.close();
}

/** Whether the state repository can be read and would take a push, and what its documents name can be had. */
async function checkState(
  inputs: Inputs,
  options: InputOptions,
  configuration: Configuration,
): Promise<readonly Check[]> {
  const name = 'state repository';
  try {
    const state = await openState(inputs, options, { ...configuration, readOnly: true });
    try {
      const head = await state.repository.head();
      const refusal = await state.repository.canPush();
      const at = head === undefined ? 'empty so far' : `at ${head.commit.slice(0, 12)}`;
      const message = `${state.repository.description} can be pushed to, ${at}`;
      const record = state.isRemote && refusal === undefined ? [await checkRecord(inputs, state.repository)] : [];
      const secrets = await checkDocumentSecrets({ inputs, repository: state.repository }, options.namespace);
      const place = forgePlaceOf(inputs, options, { state, configuration });
      const pushing: Check = refusal === undefined ? { name, outcome: 'ok', message } : failed(name, refusal);
      return [pushing, ...record, ...secrets, ...(place === undefined ? [] : await checkForge(place))];
    } finally {
      await state.close();
    }
  } catch (error) {
    return [failed(name, error)];
  }
}

// What a process that renders a registry loads, and Node is there already.
const begin = process.cpuUsage();
const { modelRegistry, writeConfig } = await import('../../src/registry/index.js');
const { readBundle } = await import('../../src/registry/bundle/index.js');
const { registryManifests, secretManifests } = await import('../../src/manifests/index.js');
await import('../../charts/registry/index.js');
await import('../../src/api/registry/index.js');
const importMilliseconds = millisecondsSince(begin);
const { inputsOf, openshift, standalone } = await import('../../test/registry/support/inputs.js');

const storage = standalone
  .split('\n')
  .filter((line) => !/^(?:DB_|BUILDLOGS|USER_EVENTS|DISTRIBUTED|  default)/.test(line));
const config = storage.join('\n');

async function renderOne(at: number): Promise<unknown> {
  const inputs = inputsOf({ name: `registry-${at}`, on: openshift, bundle: { 'config.yaml': config } });
  const result = modelRegistry({ ...inputs, bundle: readBundle('bundle', { stringData: { 'config.yaml': config } }) });
  const text = JSON.stringify([
    await registryManifests(result.model),
    await secretManifests(result.model, result.secrets),
  ]);
  if (!text.includes('Deployment')) throw new Error('the manifests are not there');
  return writeConfig(result.config.quay);
}

const rounds = 40;
for (let at = 0; at < 20; at += 1) await renderOne(at);
const before = process.cpuUsage();
for (let at = 0; at < rounds; at += 1) await renderOne(at);
const renderMilliseconds = millisecondsSince(before) / rounds;

const models = 200;
globalThis.gc?.();
const empty = process.memoryUsage().heapUsed;
const kept = Array.from({ length: models }, (_, at) => {
  const { model, secrets } = modelRegistry(inputsOf({ name: `registry-${at}`, bundle: { 'config.yaml': config } }));
  return { model, secrets };
});
globalThis.gc?.();
const full = process.memoryUsage().heapUsed;
if (kept.length !== models) throw new Error('the models are not there');

process.stdout.write(
  JSON.stringify({
    importMilliseconds,
    renderMilliseconds,
    mebibytes: (full - empty) / models / 1024 / 1024,
  }),
);

/** Of CPU: other processes of a busy machine count for nothing. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

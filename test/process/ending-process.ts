import { logCrashes, onShutdown, createLog } from '../../src/process/index.js';

// A process as the tests of its end want it: `work` is what it does once it was asked to end.
const [, , work = '', deadline = '25'] = process.argv;
const canary = 'kanari-in-a-crash';
const log = createLog({ level: 'info', name: 'test', secrets: () => [canary] });
logCrashes(log);
const { signal, done } = onShutdown({ log, deadline: Number(deadline) });
const busy = setInterval(() => undefined, 1_000);

signal.addEventListener('abort', () => {
  if (work !== 'finish') return;
  clearInterval(busy);
  setTimeout(() => {
    log.info('Finished');
    done();
  }, 50);
});
if (work === 'throw') throw new Error(`bad ${canary}`);
if (work === 'reject') void Promise.reject(new Error(`bad ${canary}`));
log.info('Ready');

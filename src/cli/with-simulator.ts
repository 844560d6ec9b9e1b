import { TerminalError } from '../errors/index.js';

/** Loads what stands on the simulator, which the operator's image leaves out. */
export async function withSimulator<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const hint = 'Run it from a checkout of the source: npm ci && npm run demo.';
    throw new TerminalError('SimulatorMissing', "the operator's image has no simulator", { hint, cause });
  }
}

import { RetryableError } from '../../errors/index.js';

/** A watch on which nothing came for so long that its connection counts as dead. */
export class WatchSilent extends RetryableError {
  constructor(server: string) {
    super('ClusterUnreachable', `the API server ${server} has been silent for too long on a watch`);
  }
}

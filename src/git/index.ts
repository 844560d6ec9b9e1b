export { openRepository } from './open-repository.js';
export { type EmbeddedRepository, type RemoteRepository } from './repository-location.js';
export { type Credentials } from './session.js';
export { type Signing } from './sign-commit.js';
export { type Environment } from './environment.js';
export { readAddress, type Address } from './address.js';
export { isFile } from './head.js';
export { mostTouches } from './history.js';
export { changeFaults } from './refuse-unsafe.js';
export type {
  Author,
  Change,
  CommitMessage,
  Head,
  LogEntry,
  PushOutcome,
  SizedEntry,
  StateReader,
  StateRefs,
  StateRepository,
  StateWriter,
  Touch,
  TreeEntry,
} from './repository.js';

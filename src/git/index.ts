export { openRepository } from './repository/open-repository.js';
export { type EmbeddedRepository, type RemoteRepository } from './repository/repository-location.js';
export { type Credentials, type Login } from './transport/access.js';
export { folderRepository } from './repository/folder-repository.js';
export { isBareRepository } from './repository/bare-folder.js';
export { SignatureRejected, verifiedRepository, type Verification } from './repository/verified-repository.js';
export { type Environment } from './run/environment.js';
export { readAddress, type Address } from './transport/address.js';
export { isFile, isFolder } from './commands/head.js';
export { mostTouches } from './commands/history.js';
export { changeFaults } from './repository/refuse-unsafe.js';
export type {
  Author,
  Change,
  CommitMessage,
  Head,
  LogEntry,
  PushOutcome,
  SizedEntry,
  StateGraph,
  StateReader,
  StateRefs,
  StateRepository,
  StateWriter,
  Touch,
  TreeEntry,
} from './repository/repository.js';

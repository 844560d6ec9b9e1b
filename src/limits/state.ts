import { of } from './limit.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** What somebody who may push to the state repository can write. */
export const stateLimits = of('state repository', {
  personalFileBytes: [
    'an overlay, `ignore.yaml` or `cluster.yaml`',
    64 * kibibyte,
    'bytes',
    'not read, and reported; its namespace is held',
  ],
  documentBytes: [
    'a document in `organizations/`',
    512 * kibibyte,
    'bytes',
    "not read, and reported; of a namespace's image streams the surplus is left out",
  ],
  folderFiles: ['files in the folder of a cluster', 50_000, 'files', '`StateInvalid`: nothing is changed'],
  folderBytes: ['all files that are read of it together', 32 * mebibyte, 'bytes', '`StateInvalid`: nothing is changed'],
  listingBytes: [
    'names of files in a folder, as git lists them',
    8 * mebibyte,
    'bytes',
    '`StateInvalid`: nothing is changed',
  ],
  // Each costs the parser half a kibibyte.
  stateFileCost: [
    'fields, entries and lines of a file',
    100_000,
    'entries',
    'not read, and reported; its namespace is held',
  ],
  yamlFaults: ['faults told of one file', 20, 'faults', 'the rest is counted'],
});

/** What git answers, and what a repository holds beside the state. */
export const gitLimits = of('git', {
  gitAnswerBytes: ['an answer of one command', 40 * mebibyte, 'bytes', 'git is stopped: `GitAnswerTooLong`'],
  gitFileBytes: ['a file that is read from a repository', mebibyte, 'bytes', 'not read'],
  gitMemory: ['memory of git, and of each program that it starts', 256 * mebibyte, 'bytes', 'it ends: `OutOfMemory`'],
  gitPack: ['what is fetched at once', 2_048 * mebibyte, 'bytes', 'it ends: `GitAnswerTooLong`'],
  gitRefBytes: ['a file with a ref', 4 * kibibyte, 'bytes', '`GitRepositoryCorrupt`'],
  gitConfigBytes: ['`config` of a repository', mebibyte, 'bytes', '`GitRepositoryCorrupt`'],
  gitWords: ["git's words in an error", 600, 'characters', 'cut'],
  gitCommits: ['commits that are looked through for a revert', 1_000, 'commits', 'asked for in parts'],
  pathBytes: ['a path in the repository', 1_024, 'bytes', 'not written, and reported'],
  gitSilence: ['silence of git', 120, 'seconds', 'git is stopped: `GitUnreachable`'],
});

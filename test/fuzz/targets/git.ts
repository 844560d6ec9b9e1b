import { createHead } from '../../../src/git/commands/head.js';
import { readLog, readTouches } from '../../../src/git/commands/history.js';
import { explainGitError } from '../../../src/git/errors.js';
import { type Git, GitFailure } from '../../../src/git/run/run-git.js';
import { readPushAnswer } from '../../../src/git/transport/push-answer.js';
import { expectHarmless, refusing, type Target } from '../target.js';

const id = 'a'.repeat(40);
const secret = 'canary-T0KEN';

/** Answers of git: to the questions that are asked of a repository, and when it fails. */
export function git(): Promise<Target> {
  return Promise.resolve({
    seeds: [
      `100644 blob ${id}\tclusters/a/cluster.yaml\x00120000 blob ${id}\tb\x00`,
      `${id} blob 4\nabc\n\n${id} missing\n`,
      `\x1e${id}\x1fAnn\x1fa@b.c\x1f1700000000\x1fsubject\x1fQuayside-Plan: x\x00\n:100644 100644 ${id} ${id} M\x00a\x00`,
      '!\trefs/heads/main:refs/heads/main\t[remote rejected] (protected branch hook declined)\nDone',
      `remote: error: ${secret}\nfatal: unable to access 'https://x:${secret}@git.example.com/': error: 403`,
    ],
    feed: async (input) => {
      const text = input.toString('latin1');
      const answering: Git = {
        folder: '/nowhere',
        text: () => Promise.resolve(text),
        catFile: () => Promise.resolve(input),
      };
      const head = createHead(answering, (work) => work().catch(explained), id);
      await refusing(async () => head.sized(await head.list()));
      await refusing(() => head.readBytes(['clusters/a/cluster.yaml', 'b']));
      await refusing(() => readLog(answering, id, 10));
      await refusing(() => readTouches(answering, id, ['a']));
      await refusing(() => readPushAnswer(text, text, 'the repository'));
      const { message } = explainGitError(new GitFailure(128, text, text), { description: 'x', secrets: [secret] });
      expectHarmless(message);
      if (message.includes(secret)) throw new Error('a secret stands in an error');
    },
  });
}

function explained(error: unknown): never {
  throw explainGitError(error, { description: 'x', secrets: [secret] });
}

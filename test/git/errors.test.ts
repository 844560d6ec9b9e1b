import { describe, expect, test } from '@jest/globals';
import { describeError, RetryableError, TerminalError } from '../../src/errors/index.js';
import { explainGitError } from '../../src/git/errors.js';
import { readPushAnswer } from '../../src/git/transport/push-answer.js';
import { GitFailure } from '../../src/git/run/run-git.js';

const doing = { description: 'https://git.example.com/state.git (main)', secrets: ['s3cret-t0ken'] };
const explain = (stderr: string, pushing = false) =>
  explainGitError(new GitFailure(128, '', stderr), { ...doing, pushing });

describe('what git says', () => {
  test.each([
    ['Error: spawn git ENOENT', 'GitMissing', false],
    ['fatal: write error: No space left on device', 'DiskFull', true],
    ['error: unable to write file: Disk quota exceeded', 'DiskFull', true],
    [
      '@@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@@\nHost key verification failed.',
      'HostKeyRejected',
      false,
    ],
    [
      'Load key "/tmp/x/key": error in libcrypto\ngit@x: Permission denied (publickey).',
      'GitCredentialsInvalid',
      false,
    ],
    ['No user exists for uid 1000660000', 'GitCredentialsInvalid', false],
    [
      'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote',
      'GitAuthenticationFailed',
      false,
    ],
    ["fatal: Authentication failed for 'https://git.example.com/state.git/'", 'GitAuthenticationFailed', false],
    ['remote: HTTP Basic: Access denied', 'GitAuthenticationFailed', false],
    ['fatal: unable to access: SSL certificate problem: self-signed certificate', 'TLSVerificationFailed', false],
    ['server certificate verification failed. CAfile: none CRLfile: none', 'TLSVerificationFailed', false],
    ['remote: Repository not found.\nfatal: repository not found', 'GitRepositoryNotFound', false],
    ["fatal: '/srv/x.git' does not appear to be a git repository", 'GitRepositoryNotFound', false],
    [
      'remote: This repository was archived so it is read-only.\nfatal: unable to access: The requested URL returned error: 403',
      'RepositoryArchived',
      false,
    ],
    ["remote: You can't push code to an archived project.\nerror: 403", 'RepositoryArchived', false],
    ['ERROR: Permission to a/b.git denied to deploy key', 'PermissionDenied', false],
    ['fatal: unable to access: Could not resolve host: git.example.com', 'GitUnreachable', true],
    ['fatal: unable to access: Failed to connect to x port 443: Connection refused', 'GitUnreachable', true],
    ['ssh: connect to host x port 22: Connection timed out', 'GitUnreachable', true],
    ['error: RPC failed; curl 56 Recv failure\nfatal: early EOF', 'GitUnreachable', true],
    ['block timeout reached', 'GitUnreachable', true],
    ['error: RPC failed; HTTP 502\nfatal: The requested URL returned error: 502', 'GitUnreachable', true],
    ['fatal: unable to access: The requested URL returned error: 503', 'GitUnavailable', true],
    ["fatal: Unable to create '/x/refs/heads/main.lock': File exists.", 'GitBusy', true],
    [
      'error: object file .git/objects/12/34 is empty\nfatal: loose object 1234 is corrupt',
      'GitRepositoryCorrupt',
      true,
    ],
    ['fatal: mismatched algorithms: client sha1; server sha256', 'GitFormatUnsupported', false],
    ["fatal: transport 'ext' not allowed", 'InvalidGitUrl', false],
    ["fatal: Couldn't resolve host 'x': Could not resolve host", 'GitUnreachable', true],
    ['fatal: something that nobody has seen before', 'GitFailed', true],
  ])('%j is %s', (stderr, code, retryable) => {
    expect(explain(stderr)).toMatchObject({ code, retryable });
  });

  test('is not classified by the names in it', () => {
    expect(
      explain("fatal: unable to access 'https://x/certificate problem: 503.git/': Could not resolve host"),
    ).toMatchObject({
      code: 'GitUnreachable',
    });
  });

  test('names the repository, keeps the words and loses the secrets', () => {
    const error = explain(
      "fatal: unable to access 'https://ann:s3cret-t0ken@git.example.com/state.git/': The requested URL returned error: 503\n" +
        'Authorization: Basic czNjcmV0',
    );
    const text = describeError(error);
    expect(text).toContain('https://git.example.com/state.git (main) cannot serve at the moment');
    expect(text).toContain('returned error: 503');
    expect(text).not.toContain('s3cret');
    expect(text).not.toContain('czNjcmV0');
    expect(error.cause).toBeUndefined();
  });

  test('about a push that is not allowed is PushDenied', () => {
    expect(explain('The requested URL returned error: 403', true)).toMatchObject({ code: 'PushDenied' });
  });

  test('is not changed when it is one of our errors already', () => {
    const error = new TerminalError('GitFailed', 'any');
    expect(explainGitError(error, doing)).toBe(error);
  });
});

describe('the answer to a push', () => {
  const answer = (line: string, stderr = '') => readPushAnswer(`To x\n${line}\nDone\n`, stderr, 'there');

  test.each([
    [' \tabc:refs/heads/main\t1..2', 'pushed'],
    ['*\tabc:refs/heads/main\t[new reference]', 'pushed'],
    ['=\tabc:refs/heads/main\t[up to date]', 'pushed'],
    ['!\tabc:refs/heads/main\t[rejected] (stale info)', 'rejected'],
    ['!\tabc:refs/heads/main\t[rejected] (fetch first)', 'rejected'],
    [
      "!\tabc:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at 1 but expected 2)",
      'rejected',
    ],
    ['!\tabc:refs/heads/main\t[remote rejected] (failed to update ref)', 'rejected'],
    ['!\tabc:refs/heads/main\t[remote rejected] (incorrect old value provided)', 'rejected'],
  ])('%j is %s', (line, outcome) => {
    expect(answer(line)).toBe(outcome);
  });

  test.each([
    'pre-receive hook declined',
    'protected branch hook declined',
    'deny updating a hidden ref',
    'You are not allowed to push code to protected branches on this project.',
  ])('%s is a denial in the words of the remote', (reason) => {
    const deny = () =>
      answer(`!\tabc:refs/heads/main\t[remote rejected] (${reason})`, 'remote: Ask Ann.\nerror: failed to push');
    expect(deny).toThrow(`there does not take the push: (${reason}); Ask Ann.`);
    expect(deny).toThrow(TerminalError);
  });

  test('is awaited while the request of the branch stands in a merge queue', () => {
    const words =
      'remote: error: GH006: Protected branch update failed.\nremote: Branches that are queued for merging cannot be updated';
    const push = () => answer('!\tabc:refs/heads/x\t[remote rejected] (protected branch hook declined)', words);
    expect(push).toThrow(RetryableError);
    expect(push).toThrow('merge queue');
  });

  test('that never came is no answer', () => {
    expect(readPushAnswer('', 'fatal: the remote end hung up unexpectedly', 'there')).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { readAddress } from '../../src/git/index.js';

describe('the address of a repository', () => {
  test.each([
    ['https://git.example.com/group/state.git', 'http', 'https://git.example.com/group/state.git'],
    ['https://git.example.com:8443/state', 'http', 'https://git.example.com:8443/state'],
    ['http://gitea.gitea.svc:3000/a/b.git', 'http', 'http://gitea.gitea.svc:3000/a/b.git'],
    ['https://ann:s3cret@git.example.com/a.git', 'http', 'https://git.example.com/a.git'],
    ['ssh://git@git.example.com:2222/a/b.git', 'ssh', 'ssh://git@git.example.com:2222/a/b.git'],
    ['ssh://git:s3cret@git.example.com/a.git', 'ssh', 'ssh://git@git.example.com/a.git'],
    ['git@github.com:group/state.git', 'ssh', 'git@github.com:group/state.git'],
    ['file:///srv/state.git', 'file', 'file:///srv/state.git'],
    [' /srv/state.git ', 'file', '/srv/state.git'],
  ])('%s is understood and stripped of its password', (written, kind, url) => {
    expect(readAddress(written)).toMatchObject({ kind, url });
  });

  test('keeps user and password apart', () => {
    expect(readAddress('https://a%40b:p%2Fw@git.example.com/a.git')).toMatchObject({
      username: 'a@b',
      password: 'p/w',
    });
  });

  test.each([
    ...[
      '',
      'state',
      '--upload-pack=/bin/sh',
      'ext::sh -c id',
      'ftp://x/y',
      'git://x/y',
      '-oProxyCommand=id:x',
      'a b@c:d',
    ],
    ...['ssh://-oProxyCommand=id/x', 'https://s3cret@', '../state.git'],
  ])('%j is refused without being repeated', (written) => {
    expect(() => readAddress(written)).toThrow('is not one that git understands');
  });
});

import { writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { systemFault } from '../../src/errors/index.js';

test.each([
  ['ENOSPC', 'DiskFull', '/x/journal: there is no space left on the disk'],
  ['EDQUOT', 'DiskFull', "/x/journal: this user's share of the disk is used up"],
  ['EROFS', 'FileAccessDenied', '/x/journal: the file system is read-only'],
  ['EACCES', 'FileAccessDenied', '/x/journal: access is denied'],
])('R18: %s of the system is told as %s', (code, reason, message) => {
  const error = Object.assign(new Error(`${code}: …`), { code, syscall: 'open', path: '/x/journal' });
  expect(systemFault(error)).toMatchObject({ code: reason, message });
});

test('R18: what the system says of something else is left as it is', async () => {
  const absent = await writeFile('/nowhere/at/all', '').catch((error: unknown) => error);
  expect(systemFault(absent)).toBeUndefined();
  const listening = Object.assign(new Error('listen EACCES'), { code: 'EACCES', syscall: 'listen' });
  expect(systemFault(listening)).toBeUndefined();
  expect(systemFault(new Error('EACCES'))).toBeUndefined();
});

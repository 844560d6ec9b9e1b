import { expect, test } from '@jest/globals';
// The first, since it wants a log without errors.
import './vanished-object.js';
import './first-stream.js';
import './made-again.js';
import './edited.js';
import './r1-unread-state.js';
import './unreadable-deletion.js';
import { operator } from './cluster.js';

test('the operator that all of these share is still the one that was started', () => {
  expect(operator.ended()).toBeUndefined();
});

import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { asInstalled } from '../support/as-installed.js';
import { Fixture, imageStream, project } from '../support/quayside.js';
import { removeTemporary } from '../support/temporary.js';
import { type StandIn, startGitHub } from '../forge/stand-in.js';
import { CommandLine, commandLineFeedings } from './fed/command-line.js';

let fixture: Fixture;
let forge: StandIn;
let line: CommandLine;
beforeAll(async () => {
  fixture = await Fixture.open();
  forge = await startGitHub();
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  const { nodeArguments, memory } = await asInstalled('quayside');
  line = new CommandLine(fixture, forge, nodeArguments, memory);
});
afterAll(async () => {
  await fixture.close();
  await forge.close();
  await removeTemporary();
});

describe('the command line, with the memory of the operator, is fed beyond a limit and ends in words:', () => {
  test.each(Object.entries(commandLineFeedings))('%s', (_, feed) => feed(line));
});

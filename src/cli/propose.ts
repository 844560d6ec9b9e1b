import { Command } from 'commander';
import { type ProposeOptions, type ProposeResult } from '../app/propose.js';
import { clusterOptions, example, integrationOptions, outputOption } from './options.js';
import { print } from './print.js';
import { printFailure, printProblems } from './print-errors.js';

interface Options extends ProposeOptions {
  readonly output: 'text' | 'json';
}

/** `quayside propose`: brings the documents into Git, by a pull request where the integration asks for review. */
export function proposeCommand(): Command {
  const command = new Command('propose')
    .summary('bring the documents into Git, by a pull request where they are reviewed')
    .description(
      [
        'Renders the cluster, and pushes or proposes the documents as spec.git.review says: None pushes everything, Destructive pushes what only adds and proposes the rest, All proposes everything. Does not call Quay.',
        'Exit code 0: nothing waits for review; 2: something does; 1: an error.',
      ].join('\n'),
    );
  outputOption(integrationOptions(clusterOptions(command)))
    .option(
      '--again',
      'propose again what people refused, and write over commits of others on the branch of the proposal',
      false,
    )
    .action(propose);
  return example(command, 'quayside propose --cluster cluster.yaml --integration integration.yaml');
}

async function propose({ output, ...options }: Options): Promise<void> {
  const { proposeState } = await import('../app/propose.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const result = await proposeState(options, readConfiguration());
  print(`${output === 'json' ? asJson(result) : await asText(result)}\n`);
  await printProblems({ problems: result.problems, unknown: [] });
  const { outcome, fault } = result.proposal ?? {};
  if (fault !== undefined) {
    printFailure(fault);
    process.exitCode = 1;
  } else if (outcome !== undefined && outcome.state !== 'None') process.exitCode ??= 2;
}

function asJson({ git, proposal, ...rest }: ProposeResult): string {
  const { added, changed, removed, kept, commit, base, pushed } = git;
  const { outcome, fault, difference } = proposal ?? {};
  const waiting = difference && { added: difference.added, changed: difference.changed, removed: difference.removed };
  const failed = fault && { code: fault.code, message: fault.message, hint: fault.hint };
  const shown = {
    ...rest,
    git: { added, changed, removed, kept, base, commit, pushed },
    proposal: proposal && { ...outcome, ...waiting, fault: failed },
  };
  return JSON.stringify(shown, null, 2);
}

async function asText({ git, proposal, state, integration }: ProposeResult): Promise<string> {
  const { describeGit } = await import('../app/describe.js');
  const { describeProposal } = await import('../app/describe-proposal.js');
  const parts = [
    `State:   ${state} (integration ${integration})`,
    describeGit(git),
    ...(proposal === undefined ? [] : [describeProposal(proposal) || 'Nothing waits for review.']),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

import { type ApplyResult } from '../app/apply.js';
import { type QuaysideError } from '../errors/index.js';
import { print } from './print.js';
import { printFailure, printProblems, tellLacking, tellRecordBranch, printUnfinished } from './print-errors.js';

export interface PrintOptions {
  readonly output: 'text' | 'json' | 'markdown';
  readonly dryRun: boolean;
}

const exitCodes = { failed: 1, pending: 2, clean: 0 } as const;

/** Prints the result of a plan or an apply, and sets the exit code. */
export async function printResult(result: ApplyResult, { output, dryRun }: PrintOptions): Promise<void> {
  const text = await formatted(result, output, dryRun);
  print(`${text}\n`);
  await printProblems(result);
  if (result.changeSet.stopped !== undefined) printFailure(result.changeSet.stopped);
  if (result.proposal?.fault !== undefined) printFailure(result.proposal.fault);
  if (result.inventoryError !== undefined) printFailure(result.inventoryError);
  if (result.recordBranch !== undefined) tellRecordBranch(result.recordBranch);
  tellLacking(result.changeSet);
  printUnfinished(result, dryRun);
  const { outcomeOf } = await import('../app/outcome.js');
  process.exitCode = exitCodes[outcomeOf(result, dryRun)];
}

async function formatted(result: ApplyResult, output: PrintOptions['output'], dryRun: boolean): Promise<string> {
  if (output === 'json') {
    const { reportsOf } = await import('../app/describe.js');
    return JSON.stringify({ ...asJson(result), reports: reportsOf(result.changeSet) }, null, 2);
  }
  if (output === 'text') return asText(result, dryRun);
  const { describeInMarkdown } = await import('../app/describe.js');
  return describeInMarkdown(result);
}

/** The same facts without the bodies of files: they are what `render` and `diff` print. */
function asJson({ git, proposal, diverged, inventoryError, ...rest }: ApplyResult): object {
  const { added, changed, removed, kept, commit, base, pushed, planId } = git ?? {};
  return {
    ...rest,
    ...(git && { git: { added, changed, removed, kept, base, commit, pushed, planId } }),
    ...(proposal && { proposal: proposalAsJson(proposal) }),
    ...(diverged && { diverged: plain(diverged) }),
    ...(inventoryError && { inventoryError: plain(inventoryError) }),
  };
}

function proposalAsJson({ outcome, look, unseen, fault }: NonNullable<ApplyResult['proposal']>): object {
  return { ...look, ...outcome, ...(unseen && { unseen: plain(unseen) }), ...(fault && { fault: plain(fault) }) };
}

function plain({ code, message, hint }: QuaysideError): object {
  return { code, message, hint };
}

async function describeUnknown(unknown: NonNullable<ApplyResult['removalsUnknown']>): Promise<string> {
  const { describeRemovals, knownFrom } = await import('../app/removals-unknown.js');
  return `${describeRemovals(unknown)}\n  ${unknown.message}\n  ${knownFrom}`;
}

async function describeWaiting(proposal: NonNullable<ApplyResult['proposal']>): Promise<string> {
  const { describeProposal } = await import('../app/describe-proposal.js');
  return describeProposal(proposal);
}

async function asText(result: ApplyResult, dryRun: boolean): Promise<string> {
  const words = await import('../app/describe.js');
  const parts = [
    [
      `Cluster: ${result.cluster}`,
      `State:   ${result.state}`,
      `Quay:    ${result.quay} (integration ${result.integration})`,
    ].join('\n'),
    ...(result.leftOut.length === 0 ? [] : [words.describeLeftOut(result.leftOut)]),
    [...(result.git === undefined ? [] : [words.describeGit(result.git)]), words.describeApplied(result)]
      .filter((part) => part !== '')
      .join('\n'),
    ...(result.proposal === undefined ? [] : [await describeWaiting(result.proposal)]),
    words.describeChangeSet(result.changeSet),
    ...(result.removalsUnknown === undefined ? [] : [await describeUnknown(result.removalsUnknown)]),
    words.summarizeResult(result, dryRun),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

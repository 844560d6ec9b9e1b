import type { Risk } from '../change.js';
import type { OrganizationPlan } from '../organization-plan.js';
import { risksBySeverity } from '../risk.js';
import { summarize } from './terminal.js';

const headings: Readonly<Record<Risk, string>> = {
  destructive: 'Destructive: something is lost for good',
  widening: 'Widening: grants more permissions than before',
  change: 'Changes',
  additive: 'Additive',
};

/** Forges refuse a body of more than 65,536 characters; the rest of it needs room too. */
const longest = 50_000;

/** Some plans as Markdown for a pull request, grouped by risk, the worst first. */
export function describePlansInMarkdown(plans: readonly OrganizationPlan[]): string {
  const sections = risksBySeverity.flatMap((risk) => section(headings[risk], linesOf(plans, risk)));
  const notesOf = plans.flatMap(({ organization, skipped, notes }) => [
    ...skipped.map(({ what, message }) => `- ${escape(organization)}: ${escape(what)} is skipped: ${escape(message)}`),
    ...notes.map((note) => `- ${escape(organization)}: ${escape(note)}`),
  ]);
  return cut([summarize(plans), ...sections, ...section('Remarks', notesOf)].join('\n\n'));
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${heading} (${lines.length})`, lines.join('\n')];
}

function linesOf(plans: readonly OrganizationPlan[], risk: Risk): readonly string[] {
  return plans.flatMap(({ organization, changes }) =>
    changes
      .filter((change) => change.risk === risk)
      .map(({ words }) => `- **${escape(organization)}**: ${escape(words)}`),
  );
}

/** Names and titles are other people's words: no markup, no link, and nobody is notified by them. */
function escape(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>#|~!]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//');
}

function cut(text: string): string {
  if (text.length <= longest) return `${text}\n`;
  const lines = text.slice(0, longest).split('\n').slice(0, -1);
  const missing = text.split('\n').length - lines.length;
  return `${lines.join('\n')}\n\n…and ${missing} lines more: the commits show all of it.\n`;
}

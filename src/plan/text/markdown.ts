import { limits } from '../../limits/index.js';
import { codeSpan } from '../../text/index.js';
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

/** What belongs to some plans beside their changes, such as faults; a line has whom it concerns, where it concerns one. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly (readonly [concerned: string, text: string] | readonly [text: string])[];
}

export interface MarkdownOptions {
  readonly before?: readonly Section[];
  readonly after?: readonly Section[];
  /** Characters of the whole. @default `limits.pullRequestText` */
  readonly most?: number;
}

/** Some plans as Markdown for a pull request: what keeps them from being whole, then the changes by risk, the worst first. */
export function describePlansInMarkdown(
  plans: readonly OrganizationPlan[],
  { before = [], after = [], most = limits.pullRequestText }: MarkdownOptions = {},
): string {
  const changes = risksBySeverity.map((risk) => ({ heading: headings[risk], lines: linesOf(plans, risk) }));
  const remarks = plans.flatMap(({ organization, skipped, notes }) => [
    ...skipped.map(({ what, message }) => [organization, `${what} is skipped: ${message}`] as const),
    ...notes.map((note) => [organization, note] as const),
  ]);
  const sections = [...before, ...changes, { heading: 'Remarks', lines: remarks }, ...after];
  return cut([summarize(plans), ...sections.flatMap(sectionText)].join('\n\n'), most);
}

function sectionText({ heading, lines }: Section): readonly string[] {
  if (lines.length === 0) return [];
  return [`### ${heading} (${lines.length})`, lines.map((parts) => `- ${parts.map(codeSpan).join(': ')}`).join('\n')];
}

function linesOf(plans: readonly OrganizationPlan[], risk: Risk): Section['lines'] {
  return plans.flatMap(({ organization, changes }) =>
    changes.filter((change) => change.risk === risk).map(({ words }) => [organization, words] as const),
  );
}

/** By whole lines from the end, where what only adds stands. */
function cut(text: string, most: number): string {
  if (text.length <= most) return `${text}\n`;
  const lines = text.slice(0, most).split('\n').slice(0, -1);
  const missing = text.split('\n').length - lines.length;
  return `${lines.join('\n')}\n\n…and ${missing} lines more: the commits show all of it.\n`;
}

import type { OrganizationPlan } from '../organization-plan.js';
import { several } from './counts.js';

const longest = 72;

/** The subject of a commit that brings these plans, in at most 72 characters. */
export function commitSubject(plans: readonly OrganizationPlan[]): string {
  const changed = plans.filter(({ changes }) => changes.length > 0);
  const [only] = changed;
  const subject = changed.length === 1 && only !== undefined ? subjectOfOne(only) : subjectOfMany(changed);
  return subject.length <= longest ? subject : `${subject.slice(0, longest - 1)}…`;
}

const isCreated = ({ changes }: OrganizationPlan): boolean => changes[0]?.change.type === 'CreateOrganization';
const isDeleted = ({ changes }: OrganizationPlan): boolean => changes[0]?.change.type === 'DeleteOrganization';

function subjectOfOne(plan: OrganizationPlan): string {
  const { organization, changes } = plan;
  if (isCreated(plan)) return `Create organization ${organization}`;
  if (isDeleted(plan)) return `Delete organization ${organization}`;
  const [first] = changes;
  return `Change ${organization}: ${changes.length === 1 && first !== undefined ? first.words : several(changes.length, 'change')}`;
}

function subjectOfMany(changed: readonly OrganizationPlan[]): string {
  const created = changed.filter(isCreated).length;
  const deleted = changed.filter(isDeleted).length;
  const rest = changed.length - created - deleted;
  const parts = [
    ['create', created],
    ['change', rest],
    ['delete', deleted],
  ] as const;
  const said = parts
    .filter(([, count]) => count > 0)
    .map(([verb, count]) => `${verb} ${several(count, 'organization')}`);
  const text = said.join(', ') || 'change nothing in Quay';
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

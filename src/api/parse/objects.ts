import { InvalidInput } from '../../errors/index.js';
import { quayIntegration, type QuayIntegration } from '../quay-integration.js';
import { convertV1alpha1, quayIntegrationV1alpha1 } from '../quay-integration-v1alpha1.js';
import { quayOrganization, type QuayOrganization } from '../quay-organization.js';
import { checker, type Checked } from './checker.js';
import { kindProblem, type Kind } from './kinds.js';

const integrationKind: Kind = {
  kind: 'QuayIntegration',
  apiVersions: ['quay.redhat.com/v1', 'redhatcop.redhat.io/v1alpha1'],
};
const organizationKind: Kind = { kind: 'QuayOrganization', apiVersions: ['quayside.dev/v1alpha1'] };

const checkV1 = checker(quayIntegration);
const checkV1alpha1 = checker(quayIntegrationV1alpha1);
const checkDocument = checker(quayOrganization);

/** A QuayIntegration of either version as the v1 object that it means. */
export function checkIntegration(value: unknown, source?: string): Checked<QuayIntegration> {
  const problem = kindProblem(value, [integrationKind]);
  if (problem !== undefined) return refused(problem, source);
  if (!isV1alpha1(value)) return checkV1(value, source);
  const old = checkV1alpha1(value, source);
  return old.ok ? { ok: true, value: convertV1alpha1(old.value) } : old;
}

/** A QuayOrganization with every default filled in. */
export function checkOrganization(value: unknown, source?: string): Checked<QuayOrganization> {
  const problem = kindProblem(value, [organizationKind]);
  return problem === undefined ? checkDocument(value, source) : refused(problem, source);
}

/** An integration or an organization. */
export function checkObject(value: unknown, source?: string): Checked<QuayIntegration | QuayOrganization> {
  const problem = kindProblem(value, [organizationKind, integrationKind]);
  if (problem !== undefined) return refused(problem, source);
  return kindProblem(value, [organizationKind]) === undefined
    ? checkOrganization(value, source)
    : checkIntegration(value, source);
}

/** `checkIntegration`, throwing InvalidInput with every problem. */
export function parseIntegration(value: unknown, source?: string): QuayIntegration {
  return valueOf(checkIntegration(value, source));
}

/** `checkOrganization`, throwing InvalidInput with every problem. */
export function parseOrganization(value: unknown, source?: string): QuayOrganization {
  return valueOf(checkOrganization(value, source));
}

/** `checkObject`, throwing InvalidInput with every problem. */
export function parseObject(value: unknown, source?: string): QuayIntegration | QuayOrganization {
  return valueOf(checkObject(value, source));
}

function valueOf<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new InvalidInput(checked.problems);
  return checked.value;
}

function refused<T>(problem: InvalidInput['problems'][number], source: string | undefined): Checked<T> {
  return { ok: false, problems: [source === undefined ? problem : { ...problem, source }] };
}

function isV1alpha1(value: unknown): boolean {
  return kindProblem(value, [{ ...integrationKind, apiVersions: ['redhatcop.redhat.io/v1alpha1'] }]) === undefined;
}

import * as z from 'zod';

/** One separator between runs of lower-case letters and digits: Quay's rule for organizations, robots and teams. */
const quayName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const quayNameRule = 'must be lower-case letters and digits, with single ".", "_" or "-" between them';

export const organizationName = z.string().min(2).max(255).regex(quayName, quayNameRule);
export const robotName = z.string().min(2).max(255).regex(quayName, quayNameRule);
export const teamName = z.string().min(2).max(255).regex(quayName, quayNameRule);

/** Words that Quay's API takes for a part of the repository before them: `a/mirror` could be made, but never be read again. */
export const reservedTails: readonly string[] = [
  'mirror',
  'changevisibility',
  'changestate',
  'changetrust',
  'permissions',
  'tag',
  'manifest',
  'notification',
  'autoprunepolicy',
  'immutabilitypolicy',
  'build',
  'trigger',
  'tokens',
  'logs',
  'aggregatelogs',
  'exportlogs',
  'authorizedemail',
  'signatures',
];
const reservedMessage = "has a segment that Quay's API keeps for itself behind the first slash";
/** In four patterns, since Kubernetes limits what the check of a long list may cost by the length of the pattern. */
const reservedPatterns = [0, 5, 10, 15].map((at) => `/(${reservedTails.slice(at, at + 5).join('|')})(/|$)`);
const reserved = reservedPatterns.map((pattern) => new RegExp(pattern));

/** What Quay's API and the registry protocol both accept. */
export const repositoryName = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
    'must be path segments of lower-case letters and digits, separated inside by ".", "_", "__" or "-"',
  )
  .refine((name) => !reserved.some((pattern) => pattern.test(name)), { message: reservedMessage })
  .meta({
    'x-kubernetes-validations': reservedPatterns.map((pattern) => ({
      rule: `!self.matches('${pattern}')`,
      message: reservedMessage,
    })),
  });

/** Of an image, its host included, and so of what is in it. */
const longestPath = 255;

/** Whether organization and repository, or organization and robot, fit together into what Quay and clients take. */
export function fitsTogether(organization: string, name: string): boolean {
  return organization.length + 1 + name.length <= longestPath;
}

/** Whether the name of the image fits into what OpenShift and clients take: `host[:port]/organization/repository`. */
export function fitsIntoImage(host: string, organization: string, repository: string): boolean {
  return host.length + 1 + organization.length + 1 + repository.length <= longestPath;
}

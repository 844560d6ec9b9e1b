import { z } from 'zod';

/** One separator between runs of lower-case letters and digits: Quay's rule for organizations, robots and teams. */
const quayName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const quayNameRule = 'must be lower-case letters and digits, with single ".", "_" or "-" between them';

export const organizationName = z.string().min(2).max(255).regex(quayName, quayNameRule);
export const robotName = z.string().min(2).max(255).regex(quayName, quayNameRule);
export const teamName = z.string().min(2).max(255).regex(quayName, quayNameRule);

/** What Quay's API and the registry protocol both accept. */
export const repositoryName = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
    'must be path segments of lower-case letters and digits, separated inside by ".", "_", "__" or "-"',
  );

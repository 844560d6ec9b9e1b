import * as z from 'zod';

export const repository = z.looseObject({
  id: z.number(),
  full_name: z.string(),
  archived: z.boolean().optional(),
  permissions: z.looseObject({ push: z.boolean() }).nullish(),
});

export const pull = z.looseObject({
  number: z.number(),
  state: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  user: z.looseObject({ login: z.string() }).nullish(),
  head: z.looseObject({
    label: z.string().nullish(),
    ref: z.string(),
    sha: z.string().nullish(),
    repo_id: z.number().nullish(),
  }),
  base: z.looseObject({ ref: z.string(), repo_id: z.number().nullish() }),
  html_url: z.string(),
  created_at: z.string().nullish(),
  merged: z.boolean().nullish(),
  merged_at: z.string().nullish(),
  closed_at: z.string().nullish(),
});

export const pulls = z.array(pull);
export const account = z.looseObject({ login: z.string() });
export const labels = z.array(z.looseObject({ id: z.number(), name: z.string() }));
export const comments = z.array(z.looseObject({ body: z.string() }));

export type Pull = z.infer<typeof pull>;

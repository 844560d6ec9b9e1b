import * as z from 'zod';

const side = z.looseObject({
  ref: z.string(),
  sha: z.string().nullish(),
  repo: z.looseObject({ id: z.number() }).nullish(),
});

export const repository = z.looseObject({
  id: z.number(),
  full_name: z.string(),
  archived: z.boolean().optional(),
  disabled: z.boolean().optional(),
  permissions: z.looseObject({ push: z.boolean() }).nullish(),
});

export const pull = z.looseObject({
  number: z.number(),
  state: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  user: z.looseObject({ login: z.string() }).nullish(),
  head: side,
  base: side,
  html_url: z.string(),
  created_at: z.string().nullish(),
  merged_at: z.string().nullish(),
  closed_at: z.string().nullish(),
  auto_merge: z.unknown(),
});

export const pulls = z.array(pull);
export const account = z.looseObject({ login: z.string() });
export const comments = z.array(z.looseObject({ body: z.string().nullish() }));
export const installation = z.looseObject({ id: z.number(), app_slug: z.string().optional() });
export const accessToken = z.looseObject({ token: z.string(), expires_at: z.string() });

export type Pull = z.infer<typeof pull>;

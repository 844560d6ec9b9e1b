import * as z from 'zod';

export const project = z.looseObject({
  id: z.number(),
  path_with_namespace: z.string(),
  archived: z.boolean().optional(),
  permissions: z
    .looseObject({
      project_access: z.looseObject({ access_level: z.number() }).nullish(),
      group_access: z.looseObject({ access_level: z.number() }).nullish(),
    })
    .nullish(),
});

export const mergeRequest = z.looseObject({
  iid: z.number(),
  source_project_id: z.number().nullable(),
  title: z.string(),
  description: z.string().nullish(),
  state: z.string(),
  source_branch: z.string(),
  target_branch: z.string(),
  sha: z.string().nullish(),
  merge_when_pipeline_succeeds: z.boolean().nullish(),
  author: z.looseObject({ username: z.string() }).nullish(),
  web_url: z.string(),
  created_at: z.string(),
  merged_at: z.string().nullish(),
  closed_at: z.string().nullish(),
});

export const mergeRequests = z.array(mergeRequest);
export const token = z.looseObject({ expires_at: z.string().nullish() });
export const account = z.looseObject({ username: z.string() });
export const notes = z.array(z.looseObject({ body: z.string() }));

export type MergeRequest = z.infer<typeof mergeRequest>;

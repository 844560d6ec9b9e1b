/** How GitHub, GitLab and Gitea say that they take no push any more, and what to do about it. */
export const archived = {
  when: /\b(?:is|was|an?) archived\b/i,
  code: 'RepositoryArchived',
  message: (where: string): string => `${where} is read-only`,
  hint: 'Take it out of the archive of the forge, or set spec.git.url to another repository.',
} as const;

/** A repository that its forge keeps for reading only: how GitHub, GitLab and Gitea say it, and what to do about it. */
export const archivedRepository = {
  when: /\b(?:is|was|an?) archived\b/i,
  code: 'RepositoryArchived',
  hint: 'Take it out of the archive of the forge, or set spec.git.url to another repository.',
} as const;

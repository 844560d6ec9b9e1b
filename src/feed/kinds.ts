/** What registry clients, workers and people do that changes nothing which a document could state. */
const noise: ReadonlySet<string> = new Set([
  ...['pull_repo', 'push_repo', 'repo_verb', 'pull_repo_failed', 'push_repo_failed'],
  ...['login_success', 'login_failure', 'logout_success', 'federated_robot_token_exchange'],
  ...['create_tag', 'move_tag', 'delete_tag', 'delete_tag_failed', 'revert_tag', 'permanently_delete_tag'],
  ...['change_tag_expiration', 'change_tag_immutability', 'autoprune_tag_delete'],
  ...['tag_made_immutable_by_policy', 'tags_made_immutable_by_policy'],
  ...['manifest_label_add', 'manifest_label_delete', 'build_dockerfile'],
  ...['org_mirror_sync_started', 'org_mirror_sync_failed', 'org_mirror_sync_success'],
  ...['create_app_specific_token', 'revoke_app_specific_token'],
]);
const noisePrefixes = ['repo_mirror_sync_', 'export_logs_', 'service_key_'];

/** What is listed under the account alone, and can change any organization that it is in. */
const everywhere: ReadonlySet<string> = new Set(['user_delete', 'user_change_name', 'account_convert']);

/** Whether a row of this kind never says that an organization has changed; of an unknown kind it may. */
export function isNoise(kind: string): boolean {
  return noise.has(kind) || noisePrefixes.some((prefix) => kind.startsWith(prefix));
}

/** Whether a row of this kind says that somebody may do something else with a repository. */
export function concernsRoles(kind: string): boolean {
  return kind === 'change_repo_permission' || kind === 'delete_repo_permission';
}

/** Whether a row of this kind may concern any organization. */
export function isEverywhere(kind: string): boolean {
  return everywhere.has(kind);
}

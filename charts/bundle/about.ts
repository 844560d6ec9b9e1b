/** What OperatorHub shows before the installation. */
export const about = `Quayside makes Red Hat Quay the image registry of this cluster, the GitOps way. What Quay should hold is derived from the
cluster, written to Git as YAML that people can review, and applied from there: every project gets its organization, robots and pull secrets, every
image stream its repository, and builds land in Quay.

## Before you install it

* Not beside the Quay Bridge Operator: both bundles own \`QuayIntegration\`. Remove that one first; its objects, organizations, robots and secrets are
  taken over as they are.
* Make a token in Quay with all scopes, of a user who may create organizations, and put it into the Secret \`quay-token\` of the operator's namespace,
  under the key \`token\`. By its role the operator reads this Secret and the Secret \`quayside-git\`, for the state repository, by name.
* The operator's account may read and write every Secret of the cluster, since it writes pull secrets, and may create a webhook configuration: treat its
  namespace as a cluster administrator's.
* This way of installing has no volume: every \`QuayIntegration\` needs \`spec.git.url\`. OLM puts no limits on which namespaces the webhook is shown
  builds of, so that it answers for the built-in ones as well, and leaves their builds as they are.

## Uninstall

Delete the \`QuayIntegration\`, then the operator. Nothing is deleted in Quay. If a \`QuayOrganization\` then waits for its finalizer, run
\`quayside release\`.
`;

/** The Secret that OLM makes with the certificate of a webhook behind a Deployment. */
export function certificateSecretOf(deployment: string): string {
  return `${deployment}-service-cert`;
}

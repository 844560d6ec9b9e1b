const silent = 'asked only while an API does not answer, to tell whether it is absent or silent';
const renewal = 'used once the authority is renewed, after years';
const strategy = "OpenShift's own admission asks for it when a Build is changed; the stand-in kinds have none";
const annotation = 'an annotation by which somebody agreed to something is taken off once it was used';

/** Rights that the walkthrough does not use, with the reason why they are given. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/ get apiservices\.apiregistration\.k8s\.io /, silent],
  [/ get customresourcedefinitions\.apiextensions\.k8s\.io /, silent],
  [/^quayside (get|patch) quayintegrations\.(quay\.redhat\.com|redhatcop\.redhat\.io)$/, annotation],
  [
    /^quayside create quayorganizations/,
    'an apply that makes an object asks for it beside `patch`, and is logged as that',
  ],
  [
    /^quayside patch configmaps quayside-ownership-keys /,
    'a key that was put there by hand is listed beside those before',
  ],
  [/^quayside create builds\/(docker|source|optimizeddocker)\./, strategy],
  [/^quayside patch events\.events\.k8s\.io$/, 'an Event that comes again is counted up'],
  [/^quayside patch secrets quayside-webhook-authority /, renewal],
  [/^quayside patch mutatingwebhookconfigurations\.admissionregistration\.k8s\.io quayside$/, renewal],
  [/^quayside-certificates patch secrets /, 'the Job repairs a Secret that is broken or has expired'],
];

/** Why a right is given that was not used; undefined when there is no reason. */
export function reasonFor(right: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(right))?.[1];
}

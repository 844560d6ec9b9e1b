/** Annotations on Builds, QBO's own, so that its Builds and ours are understood by either. */

const base = 'quay-registry-operator.quay.redhat.com';

/** `true` on a Build whose output was pointed at Quay. */
export const buildManagedAnnotation = `${base}/quay-registry-operator-managed`;
/** `<namespace>/<image stream>:<tag>`: where its output was to go. */
export const buildDestinationAnnotation = `${base}/destination-imagestream`;
/** `true` once the tag has been imported. */
export const buildImportedAnnotation = `${base}/destination-imagestreamtag-imported`;

/** OpenShift's, on a Build made of another one; it carries that one's annotations along, marks included. */
export const buildCloneAnnotation = 'openshift.io/build.clone-of';

/** The same annotation in the domain of QBO's predecessor. */
export function inPredecessorsDomain(annotation: string): string {
  return annotation.replace(base, 'quay-registry-operator.redhatcop.redhat.io');
}

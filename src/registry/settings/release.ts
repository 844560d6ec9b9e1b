import { type QuayRegistry, type QuayRegistryOptionsSpec } from '../../api/index.js';
import { type FaultText } from '../faults.js';
import { parseImage } from '../images/index.js';
import { type ClusterFacts } from '../inputs.js';

/** The parts of a registry that have an image. */
export type ImageName = 'quay' | 'clair' | 'postgres' | 'clairpostgres' | 'redis' | 'builder';

/** A version of Quay and the images that are deployed for it. */
export interface Release {
  readonly version: string;
  readonly images: Readonly<Record<ImageName, string>>;
}

/** Images of the community's releases, which an installation or the options replace. */
export const defaultImages: Readonly<Record<ImageName, string>> = {
  quay: 'quay.io/projectquay/quay:latest',
  clair: 'quay.io/projectquay/clair:4.8.0',
  postgres: 'quay.io/sclorg/postgresql-13-c9s:latest',
  clairpostgres: 'quay.io/sclorg/postgresql-15-c9s:latest',
  redis: 'quay.io/sclorg/redis-7-c9s:latest',
  builder: 'quay.io/projectquay/quay-builder:latest',
};

const imageNames = Object.keys(defaultImages) as ImageName[];

interface ReleaseInputs {
  readonly registry: QuayRegistry;
  readonly options: Partial<QuayRegistryOptionsSpec>;
  readonly facts: ClusterFacts;
}

/** Options before what is deployed, where upgrades are manual, before the installation, before the defaults. */
export function releaseOf(inputs: ReleaseInputs): { release: Release; faults: readonly FaultText[] } {
  const { options, facts } = inputs;
  const held = heldVersion(inputs);
  const version = options.version ?? held ?? facts.release?.version ?? 'latest';
  const deployed = held === undefined ? undefined : facts.deployedImages;
  const images = Object.fromEntries(
    imageNames.map((name) => [
      name,
      options.images?.[name] ?? deployed?.[name] ?? facts.release?.images?.[name] ?? defaultImages[name],
    ]),
  ) as Record<ImageName, string>;
  const faults = imageNames.flatMap((name) => imageFaults(name, images[name], options.images?.[name] !== undefined));
  return { release: { version, images }, faults: [...faults, ...heldFaults(inputs, held), ...unmatched(inputs)] };
}

/** The version that stays while upgrades are manual; undefined where nothing holds it back. */
function heldVersion({ registry, options, facts }: ReleaseInputs): string | undefined {
  const current = registry.status?.currentVersion;
  if (options.version !== undefined || options.upgrades !== 'Manual' || !current) return undefined;
  return current === facts.release?.version ? undefined : current;
}

function heldFaults({ options, facts }: ReleaseInputs, held: string | undefined): readonly FaultText[] {
  if (held === undefined || facts.deployedImages !== undefined || options.images?.quay !== undefined) return [];
  return [
    {
      path: 'spec.upgrades',
      message: `upgrades are manual, and the images of ${held} are not known`,
      hint: 'State version, and images.quay with the image of that version.',
      reason: 'OptionsInvalid',
    },
  ];
}

/** A version that is stated does not choose an image: nobody knows by which tags a registry has it. */
function unmatched({ options, facts }: ReleaseInputs): readonly FaultText[] {
  const { version, images } = options;
  if (version === undefined || version === facts.release?.version || images?.quay !== undefined) return [];
  const message = `is ${version}, and the image of Quay is still that of the installation`;
  const hint = `State images.quay with the image of ${version}.`;
  return [{ path: 'spec.version', message, hint, reason: 'OptionsInvalid', severity: 'warning' }];
}

function imageFaults(name: ImageName, image: string, isStated: boolean): readonly FaultText[] {
  const parsed = parseImage(image);
  const path = `spec.images.${name}`;
  const where = isStated ? '' : `the installation's image ${image} `;
  const reason = 'ComponentCreationFailed';
  if ('message' in parsed) return [{ path, message: `${where}${parsed.message}`, hint: parsed.hint, reason }];
  if (parsed.tag !== undefined || parsed.digest !== undefined) return [];
  const hint = `Write ${image}:tag, or a digest, so that the same image runs everywhere.`;
  return [{ path, message: `${where}has neither tag nor digest`, hint, reason }];
}

import { isReadOnly } from '../checks/read-only.js';
import { overrideFaults } from '../components/override-rules.js';
import { clairDatabaseFaults, namesClairDatabase, presenceFaults } from '../components/presence.js';
import { type Components, resolveComponents } from '../components/resolve.js';
import { type Fault, faultsOf, type FaultText } from '../faults.js';
import { hostnamesOf } from '../hostnames/hostnames.js';
import { type RegistryInputs } from '../inputs.js';
import { nameFaults } from '../names/check-names.js';
import { namesOf } from '../names/names.js';
import { ofConfiguration } from './configuration-faults.js';
import { type Context } from './context.js';
import { releaseOf } from './release.js';
import { certificateSource, hasAny, pairOf, terminationOf, tlsFaults } from './tls.js';

/** Decides what everything else follows from: components, names, hosts, where TLS ends, images. */
export function decide(inputs: RegistryInputs): { readonly context: Context; readonly faults: readonly Fault[] } {
  const { registry, bundle, facts } = inputs;
  const { name, namespace = 'default' } = registry.metadata;
  const options: Context['options'] = inputs.options?.spec ?? {};
  const list = registry.spec?.components ?? [];
  const secretRef = list.find(({ kind, managed }) => kind === 'tls' && !managed)?.secretRef?.name;
  const source = certificateSource(bundle, secretRef, facts);
  const resolved = resolveComponents({
    registry,
    facts,
    hasCertificate: hasAny(source) || secretRef !== undefined,
    hasClairDatabase: namesClairDatabase(bundle.clairConfig),
  });
  const { components } = resolved;
  const names = namesOf(name, namespace);
  const termination = terminationOf(options, components, source);
  const { hostnames, faults: ofHostnames } = hostnamesIn(inputs, options, components);
  const { release, faults: ofRelease } = releaseOf({ registry, options, facts });
  const pair = pairOf(source);
  const context: Context = {
    inputs,
    name,
    namespace,
    names,
    options,
    components,
    hostnames,
    termination,
    ...(pair && { pair }),
    ...(secretRef !== undefined && { certificateSecret: secretRef }),
    release,
    platform: platformOf(inputs),
    readOnly: isReadOnly(bundle.config),
  };
  const ofRegistry = faultsOf(`QuayRegistry/${name}`);
  const called = [hostnames.host, hostnames.builder].filter((host) => host !== undefined);
  return {
    context,
    faults: [
      ...resolved.faults,
      ...[...nameFaults(name, names, components), ...overrideFaults(list, components)].map(ofRegistry),
      ...[...ofHostnames, ...bundleFaults(inputs, components)].map(ofConfiguration(inputs)),
      ...ofRelease.map(faultsOf(`QuayRegistryOptions/${name}`)),
      ...tlsFaults({
        registry: name,
        bundle,
        secretRef,
        facts,
        components,
        termination,
        source,
        hostnames: called,
      }).map((fault) => ({ ...fault, component: 'tls' as const })),
    ],
  };
}

function bundleFaults({ bundle }: RegistryInputs, components: Components): readonly FaultText[] {
  return [
    ...presenceFaults(bundle.config, components, bundle.lines),
    ...clairDatabaseFaults(bundle.clairConfig, components),
  ];
}

function platformOf({ facts }: RegistryInputs): Context['platform'] {
  return facts.apis.route === true || facts.apis.openshiftConfig === true ? 'OpenShift' : 'Kubernetes';
}

function hostnamesIn({ registry, bundle, facts }: RegistryInputs, options: Context['options'], components: Components) {
  const { name, namespace = 'default' } = registry.metadata;
  return hostnamesOf({
    name,
    namespace,
    config: bundle.config,
    lines: bundle.lines ?? {},
    routeManaged: components.route.managed,
    appsDomain: facts.appsDomain,
    builds: options.builders !== undefined || bundle.config['FEATURE_BUILD_SUPPORT'] === true,
  });
}

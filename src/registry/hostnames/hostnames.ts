import { type ConfigMapping } from '../config/value.js';
import { type FaultText } from '../faults.js';
import { type Hostnames } from '../model/parts.js';
import { type Host, isHostFault, parseHost } from './parse-host.js';

/** What the hostnames of a registry follow from. */
export interface HostnameInputs {
  readonly name: string;
  readonly namespace: string;
  readonly config: ConfigMapping;
  readonly lines: Readonly<Record<string, number>>;
  readonly routeManaged: boolean;
  readonly appsDomain?: string | undefined;
  /** Whether builds are on, which need a host of their own. */
  readonly builds: boolean;
}

/** SERVER_HOSTNAME and BUILDMAN_HOSTNAME, or the names that the router would give. */
export function hostnamesOf(inputs: HostnameInputs): { hostnames: Hostnames; faults: readonly FaultText[] } {
  const server = stated('SERVER_HOSTNAME', inputs);
  const builder = stated('BUILDMAN_HOSTNAME', inputs);
  const derived = server.given ? undefined : derivedHost('quay', inputs);
  const called = server.host ?? derived;
  const built = builder.host ?? (builder.given || !inputs.builds ? undefined : derivedHost('quay-builder', inputs));
  return {
    hostnames: {
      ...(called && { server: called.whole, endpoint: `https://${called.whole}`, host: called.host }),
      ...(built && { builder: built.host }),
    },
    faults: [
      ...server.faults,
      ...builder.faults,
      ...missing(inputs, server.given, called),
      ...tooLong('SERVER_HOSTNAME', derived),
      ...tooLong('BUILDMAN_HOSTNAME', builder.host === undefined ? built : undefined),
    ],
  };
}

interface Stated {
  /** Whether the configuration says anything, right or wrong. */
  readonly given: boolean;
  readonly host?: Host;
  readonly faults: readonly FaultText[];
}

function stated(key: string, { config, lines, routeManaged }: HostnameInputs): Stated {
  const value = config[key];
  const line = lines[key];
  const at = { path: key, source: 'config.yaml', ...(line !== undefined && { line }) };
  // Empty says nothing: what a template left.
  if (value === undefined || value === null) return { given: false, faults: [] };
  if (value === '') {
    const hint = routeManaged
      ? 'Take it out: the Route gives a name.'
      : 'Set it to the host under which Quay is called.';
    return {
      given: false,
      faults: [{ ...at, message: 'is empty', hint, severity: routeManaged ? 'warning' : 'error' }],
    };
  }
  const parsed = parseHost(value);
  return isHostFault(parsed)
    ? { given: true, faults: [{ ...at, ...parsed }] }
    : { given: true, host: parsed, faults: [] };
}

/** The name that the router gives to a Route without a host. */
function derivedHost(suffix: string, inputs: HostnameInputs): Host | undefined {
  const { name, namespace, appsDomain, routeManaged } = inputs;
  if (appsDomain === undefined || !routeManaged) return undefined;
  const host = `${name}-${suffix}-${namespace}.${appsDomain}`;
  return { whole: host, host };
}

function missing(inputs: HostnameInputs, given: boolean, called: Host | undefined): readonly FaultText[] {
  if (given || called !== undefined || !inputs.routeManaged) return [];
  return [
    {
      path: 'SERVER_HOSTNAME',
      source: 'config.yaml',
      message: 'is not set, and the domain of the router is not known',
      hint: 'Set SERVER_HOSTNAME in the bundle, or give the domain of the router (--apps-domain).',
      reason: 'RouteComponentDependencyError',
      lacking: 'SERVER_HOSTNAME',
    },
  ];
}

/** The first label of a host has no more than 63 characters. */
function tooLong(path: string, derived: Host | undefined): readonly FaultText[] {
  const { host = '' } = derived ?? {};
  const [label = ''] = host.split('.');
  if (label.length <= 63) return [];
  return [
    {
      path,
      source: 'config.yaml',
      message: `would be ${host}, whose first part has ${label.length} characters, not at most 63`,
      hint: `Set ${path}, or use a shorter name for the registry.`,
      reason: 'RouteComponentDependencyError',
    },
  ];
}

import { type FaultText } from '../faults.js';
import { type AccessModel, type AppServiceModel, type IngressModel, type RouteModel } from '../model/access.js';
import { type Context, isManaged } from '../settings/context.js';
import { componentLabel, overrideAnnotations, overrideLabels, registryLabels } from '../workloads/labels.js';

/** How clients reach the registry: its Service, and Routes or an Ingress. */
export function accessModel(context: Context): AccessModel {
  const ingress = ingressModel(context);
  return {
    termination: context.termination,
    service: appService(context),
    routes: isManaged(context, 'route') ? [appRoute(context), builderRoute(context)] : [],
    ...(ingress && { ingress }),
  };
}

function appService(context: Context): AppServiceModel {
  const { type = 'ClusterIP', annotations = {} } = context.options.access?.service ?? {};
  const labels = { ...registryLabels(context), app: 'quay' };
  return {
    name: context.names.app,
    type,
    labels: { ...labels, [componentLabel]: 'quay' },
    annotations: { ...annotations, [componentLabel]: 'quay' },
    selector: { ...labels, [componentLabel]: 'quay-app' },
  };
}

function routeParts(context: Context, part: string) {
  const labels = { ...context.options.access?.labels, ...overrideLabels(context, 'route'), ...registryLabels(context) };
  return {
    service: context.names.app,
    labels: { ...labels, [componentLabel]: part },
    annotations: {
      // Pushes of large layers take long.
      'haproxy.router.openshift.io/timeout': '30m',
      ...overrideAnnotations(context, 'route'),
      [componentLabel]: 'route',
    },
  };
}

function appRoute(context: Context): RouteModel {
  const { names, hostnames, termination, options } = context;
  const { destinationCA } = options.access ?? {};
  return {
    name: names.route,
    ...(hostnames.host !== undefined && { host: hostnames.host }),
    targetPort: termination === 'edge' ? 'http' : 'https',
    termination,
    ...(destinationCA !== undefined && termination === 'reencrypt' && { destinationCaCertificate: destinationCA }),
    ...routeParts(context, 'quay-app-route'),
  };
}

/** Builds talk gRPC, which the router cannot encrypt a second time. */
function builderRoute(context: Context): RouteModel {
  const { names, hostnames, termination } = context;
  return {
    name: names.builderRoute,
    ...(hostnames.builder !== undefined && { host: hostnames.builder }),
    targetPort: 'grpc',
    termination: termination === 'reencrypt' ? 'passthrough' : termination,
    ...routeParts(context, 'quay-builder-route'),
  };
}

function ingressModel(context: Context): IngressModel | undefined {
  const { options, hostnames, names } = context;
  const { ingress, labels = {} } = options.access ?? {};
  if (ingress === undefined || hostnames.host === undefined) return undefined;
  const tlsSecret = ingress.tls?.secretName ?? context.certificateSecret;
  return {
    name: names.route,
    host: hostnames.host,
    ...(ingress.className !== undefined && { className: ingress.className }),
    service: names.app,
    servicePort: context.termination === 'edge' ? 'http' : 'https',
    ...(tlsSecret !== undefined && { tlsSecret }),
    labels: { ...labels, ...registryLabels(context), [componentLabel]: 'quay-app-ingress' },
    annotations: { ...ingress.annotations, [componentLabel]: 'quay' },
  };
}

/** Options of access that contradict each other. */
export function accessFaults(context: Context): readonly FaultText[] {
  const { options, termination, hostnames } = context;
  const { ingress } = options.access ?? {};
  const reason = 'OptionsInvalid';
  if (ingress === undefined) return [];
  const path = 'spec.access.ingress';
  if (isManaged(context, 'route')) {
    const message = 'there are Routes for the same host';
    return [{ path, message, hint: 'Take it out, or set managed to false for route.', reason }];
  }
  if (termination === 'passthrough' && ingress.tls !== undefined) {
    const message = 'has a certificate, and with passthrough Quay shows its own';
    return [{ path: `${path}.tls`, message, hint: 'Set access.termination to edge or reencrypt.', reason }];
  }
  if (hostnames.host !== undefined) return [];
  const hint = 'Set SERVER_HOSTNAME in config.yaml.';
  return [{ path, message: 'has no host', hint, reason, lacking: 'SERVER_HOSTNAME' }];
}

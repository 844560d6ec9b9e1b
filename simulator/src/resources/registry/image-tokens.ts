import { type Call, param } from '../../http/call.js';
import { errorTypes } from '../../http/error-answer.js';
import { type ApiResponse, json } from '../../http/message.js';
import { forbidden, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireSuperuser } from '../../auth/require.js';

function errorType(call: Call): ApiResponse {
  const name = param(call, 'error_type');
  const known = Object.entries(errorTypes).find(([type]) => type === name);
  if (!known) throw notFound();
  const [title, { description }] = known;
  return json({ type: `${call.simulation.base}/api/v1/error/${title}`, title, description });
}

function capabilities(call: Call): ApiResponse {
  const sparse = call.simulation.features.SPARSE_INDEX === true;
  return json({
    sparse_manifests: { supported: sparse, required_architectures: [], optional_architectures_allowed: sparse },
    mirror_architectures: ['amd64', 'arm64', 'ppc64le', 's390x'],
  });
}

function registrySize(call: Call): ApiResponse {
  requireSuperuser(call);
  return json({ size_bytes: 0, last_ran: null, running: false, queued: false });
}

/** The dump of the whole configuration is for nobody here. */
function configurationDump(call: Call): ApiResponse {
  requireSuperuser(call);
  throw forbidden();
}

const superusers = ['SUPER_USERS'];

/** What the registry says about itself. */
export const registryRoutes: readonly Route[] = [
  route('/api/v1/error/{error_type}', { GET: errorType }, { open: true }),
  route('/api/v1/registry/capabilities', { GET: capabilities }, { open: true }),
  route(
    '/api/v1/superuser/registrysize/',
    {
      GET: registrySize,
      POST: (call) => {
        requireSuperuser(call);
        return json('', 201);
      },
    },
    { features: superusers, internal: ['GET', 'POST'] },
  ),
  route('/api/v1/superuser/config', { GET: configurationDump }, { features: superusers, undocumented: true }),
];

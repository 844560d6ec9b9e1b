import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { existingRepository, requireRepositoryRole } from '../../auth/require.js';
import { isLabelKey } from '../../rules/names.js';
import { type Repository } from '../../state/model.js';
import { type Label, type RepositoryRole } from '../../state/records.js';
import { writableRepository } from './tags.js';

const creationSchema: Schema = {
  required: ['key', 'value', 'media_type'],
  properties: {
    key: { type: 'string' },
    value: { type: 'string' },
    media_type: { type: ['string', 'null'], enum: ['text/plain', 'application/json', null] },
  },
};

function view({ id, key, value, mediaType }: Label): object {
  return { id, key, value, source_type: 'api', media_type: mediaType };
}

/** The repository of the path, in which a tag must point to the manifest. */
function withManifest(call: Call, role: RepositoryRole): Repository {
  requireRepositoryRole(call, role);
  const repository = existingRepository(call);
  const digest = param(call, 'manifestref');
  if (![...repository.tags.values()].some((tag) => tag.digest === digest)) throw notFound();
  return repository;
}

function existing(call: Call, role: RepositoryRole): Label {
  const label = withManifest(call, role).labels.get(param(call, 'labelid'));
  if (!label || label.digest !== param(call, 'manifestref')) throw notFound();
  return label;
}

function list(call: Call): ApiResponse {
  const digest = param(call, 'manifestref');
  const labels = [...withManifest(call, 'read').labels.values()].filter((label) => label.digest === digest);
  return json({ labels: labels.map(view) });
}

function create(call: Call): ApiResponse {
  requireRepositoryRole(call, 'write');
  const body = jsonBody(call, creationSchema);
  writableRepository(call);
  const repository = withManifest(call, 'write');
  const key = text(body, 'key') ?? '';
  if (!isLabelKey(key)) throw invalidRequest('Label key is invalid');
  const label: Label = {
    id: call.simulation.random.uuid(),
    digest: param(call, 'manifestref'),
    key,
    value: text(body, 'value') ?? '',
    mediaType: text(body, 'media_type') ?? 'text/plain',
  };
  repository.labels.set(label.id, label);
  return json({ label: view(label) }, 201);
}

function remove(call: Call): ApiResponse {
  writableRepository(call);
  const { id } = existing(call, 'write');
  existingRepository(call).labels.delete(id);
  return noContent();
}

function manifest(call: Call): ApiResponse {
  withManifest(call, 'read');
  return json({ digest: param(call, 'manifestref'), is_manifest_list: false, manifest_data: '{}', layers: [] });
}

const manifestPath = '/api/v1/repository/{repository}/manifest/{manifestref}';

/** Labels that were put on manifests by the API. */
export const labelRoutes: readonly Route[] = [
  route(manifestPath, { GET: manifest }),
  route(`${manifestPath}/labels`, { GET: list, POST: create }),
  route(`${manifestPath}/labels/{labelid}`, { GET: (call) => json(view(existing(call, 'read'))), DELETE: remove }),
];

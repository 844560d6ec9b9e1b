import { jsonBody } from '../../http/body.js';
import { type Call } from '../../http/call.js';
import { flag, type JsonObject, number, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { dataError, forbidden, invalidRequest } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { isSuperuser } from '../../auth/permissions.js';
import { administeredOrganization, existingOrganization, requireUserAdmin } from '../../auth/require.js';
import { isEmail } from '../../rules/email.js';
import { nameIssue } from '../../rules/names.js';
import { addOrganization, deleteNamespace } from '../../state/namespaces.js';
import { type Namespace } from '../../state/model.js';
import { organizationView } from './view.js';

const secondsPerDay = 24 * 3600;
const tagExpirations: readonly number[] = [0, secondsPerDay, 7 * secondsPerDay, 14 * secondsPerDay, 28 * secondsPerDay];

const emails: Readonly<Record<string, Schema>> = {
  email: { type: 'string' },
  contact_email: { type: ['string', 'null'] },
};
const creationSchema: Schema = {
  required: ['name'],
  properties: { name: { type: 'string' }, ...emails, recaptcha_response: { type: 'string' } },
};
const updateSchema: Schema = {
  properties: {
    ...emails,
    invoice_email: { type: 'boolean' },
    invoice_email_address: { type: ['string', 'null'] },
    tag_expiration_s: { type: 'integer', minimum: 0 },
  },
};

function create(call: Call): ApiResponse {
  const { state, features, random } = call.simulation;
  const owner = requireUserAdmin(call);
  const body = jsonBody(call, creationSchema);
  if (features.SUPERUSERS_ORG_CREATION_ONLY === true && !isSuperuser(call)) throw forbidden();
  const name = text(body, 'name') ?? '';
  if (state.namespaces.has(name)) throw invalidRequest('A user or organization with this name already exists');
  const issue = nameIssue(name);
  if (issue) throw invalidRequest(`Invalid namespace ${name}: ${issue}`);
  if (state.deletedNamespaces.has(name)) throw invalidRequest('Username is not available');
  const email = checkedEmail(contact(body) ?? '');
  if (email !== undefined && state.userEmails.has(email) && features.ORG_SHARED_EMAIL !== true) {
    throw invalidRequest(`Email has already been used: ${email}`);
  }
  addOrganization(state, random, { name, email, owner });
  return json('Created', 201);
}

function read(call: Call): ApiResponse {
  return json(organizationView(call, existingOrganization(call)));
}

function update(call: Call): ApiResponse {
  const body = jsonBody(call, updateSchema);
  const organization = administeredOrganization(call);
  // Field by field, without a transaction: what comes before a refused field stays changed.
  organization.invoiceEmail = flag(body, 'invoice_email') ?? organization.invoiceEmail;
  if (body.invoice_email_address !== undefined) {
    organization.invoiceEmailAddress = text(body, 'invoice_email_address') ?? null;
  }
  const email = contact(body);
  if (email !== undefined) organization.email = checkedEmail(email);
  if (call.simulation.features.CHANGE_TAG_EXPIRATION === true) changeTagExpiration(organization, body);
  return json(organizationView(call, organization));
}

function changeTagExpiration(organization: Namespace, body: JsonObject): void {
  const seconds = number(body, 'tag_expiration_s');
  if (seconds === undefined) return;
  if (!tagExpirations.includes(seconds)) throw dataError('Invalid tag expiration option');
  organization.tagExpirationSeconds = seconds;
}

function remove(call: Call): ApiResponse {
  const organization = administeredOrganization(call);
  deleteNamespace(call.simulation.state, call.simulation.random, organization);
  return noContent();
}

/** The address in the body, where `contact_email` wins and null clears; undefined when none is given. */
function contact(body: JsonObject): string | undefined {
  if (body.contact_email !== undefined) return text(body, 'contact_email') ?? '';
  return text(body, 'email');
}

function checkedEmail(email: string): string | undefined {
  if (email === '') return undefined;
  if (!isEmail(email)) throw invalidRequest('Invalid email address');
  return email;
}

/** Organizations themselves. */
export const organizationRoutes: readonly Route[] = [
  route('/api/v1/organization/', { POST: create }),
  route('/api/v1/organization/{orgname}', { GET: read, PUT: update, DELETE: remove }),
];

import { type Call, type Simulation } from '../../http/call.js';
import { type ApiResponse, json } from '../../http/message.js';
import { type Route, route } from '../../http/route.js';

const shownFlags = [
  'ASSIGN_OAUTH_TOKEN',
  'AUTO_PRUNE',
  'EDIT_QUOTA',
  'IMAGE_EXPIRY_TRIGGER',
  'IMMUTABLE_TAGS_CAN_EXPIRE',
  'ORG_MIRROR',
  'PROXY_CACHE',
  'QUOTA_MANAGEMENT',
  'QUOTA_NOTIFICATIONS',
  'REPO_MIRROR',
];

function settings({ base, features }: Simulation): object {
  const { host, protocol } = new URL(base);
  return {
    AUTHENTICATION_TYPE: 'Database',
    AVATAR_KIND: 'local',
    BRANDING: { logo: '/static/img/quay_logo.png' },
    CHANNEL_COLORS: [],
    CONTACT_INFO: [],
    DEBUG: false,
    DEFAULT_NAMESPACE_AUTOPRUNE_POLICY: null,
    DEFAULT_UI: 'angular',
    DISABLE_ANGULAR_UI: false,
    DOCUMENTATION_ROOT: '',
    FOOTER_LINKS: {},
    LOCAL_OAUTH_HANDLER: '/oauth/localapp',
    PERMANENTLY_DELETE_TAGS: false,
    PREFERRED_URL_SCHEME: protocol.replace(':', ''),
    QUOTA_BACKFILL: true,
    RECAPTCHA_SITE_KEY: null,
    REGISTRY_TITLE: 'Quay simulator',
    REGISTRY_TITLE_SHORT: 'Quay simulator',
    SEARCH_MAX_RESULT_PAGE_COUNT: 10,
    SEARCH_RESULTS_PER_PAGE: 10,
    SENTRY_PUBLIC_DSN: null,
    SERVER_HOSTNAME: host,
    SETUP_COMPLETE: true,
    STATIC_SITE_BUCKET: null,
    TAG_EXPIRATION_OPTIONS: ['0s', '1d', '1w', '2w', '4w'],
    UI_DELAY_AFTER_WRITE_SECONDS: 3,
    UI_V2_FEEDBACK_FORM: '',
    ...Object.fromEntries(shownFlags.map((name) => [`FEATURE_${name}`, features[name] ?? false])),
  };
}

function config({ simulation }: Call): ApiResponse {
  return json({
    config: settings(simulation),
    features: simulation.features,
    oauth: {},
    external_login: [],
    registry_state: 'normal',
    account_recovery_mode: false,
    version_number: 'Quay simulator',
  });
}

/** What clients read before they log in; no login by password is simulated, so the CSRF token opens nothing. */
export const configRoutes: readonly Route[] = [
  route('/config', { GET: config }, { web: true }),
  route(
    '/csrf_token',
    { GET: ({ simulation }) => json({ csrf_token: simulation.random.characters(40) }) },
    { web: true },
  ),
  route('/health/instance', { GET: () => json({ data: { services: {} }, status_code: 200 }) }, { web: true }),
  route('/health/endtoend', { GET: () => json({ data: { services: {} }, status_code: 200 }) }, { web: true }),
];

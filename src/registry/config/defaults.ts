import { type ConfigMapping } from './value.js';

/** What config.yaml gets where the user says nothing. */
export function baseDefaults(branding: 'projectquay' | 'redhat' = 'projectquay'): ConfigMapping {
  const title = branding === 'redhat' ? 'Red Hat Quay' : 'Quay';
  const logo = branding === 'redhat' ? 'RH_Logo_Quay_Black_UX-horizontal.svg' : 'quay-horizontal-color.svg';
  return {
    SETUP_COMPLETE: true,
    FEATURE_MAILING: false,
    REGISTRY_TITLE: title,
    REGISTRY_TITLE_SHORT: title,
    AUTHENTICATION_TYPE: 'Database',
    ENTERPRISE_LOGO_URL: `/static/img/${logo}`,
    DEFAULT_TAG_EXPIRATION: '2w',
    TAG_EXPIRATION_OPTIONS: ['2w'],
    ALLOW_PULLS_WITHOUT_STRICT_LOGGING: false,
    TEAM_RESYNC_STALE_TIME: '60m',
    FEATURE_DIRECT_LOGIN: true,
    FEATURE_BUILD_SUPPORT: false,
    TESTING: false,
  };
}

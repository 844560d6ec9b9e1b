import { type Fed, type Feedings } from './fed.js';
import { integrationFeedings } from './integrations.js';
import { organizationFeedings } from './organizations.js';
import { fileFeedings } from './state-files.js';

/** All at once. */
export const operatorFeedings: Feedings<Fed> = { ...fileFeedings, ...organizationFeedings, ...integrationFeedings };

import { quayOrganization } from './quay-organization.js';
import { listKeys, type ListKeys } from './schema/list-keys.js';

/** By which fields the items of the lists of a QuayOrganization are known. */
export const organizationListKeys: ListKeys = listKeys(quayOrganization);

import { type Simulation } from './call.js';
import { type ApiRequest, type ApiResponse, json, page } from './message.js';

const notAllowed = 'The method is not allowed for the requested URL.';

/** 308 to another path of this server; the query goes along. */
export function redirect(simulation: Simulation, request: ApiRequest, path: string): ApiResponse {
  const location = `${simulation.base}${path}${request.query === '' ? '' : `?${request.query}`}`;
  const shown = location.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const body =
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
    '<p>You should be redirected automatically to the target URL: ' +
    `<a href="${shown}">${shown}</a>. If not, click the link.\n`;
  return page(308, body, { location });
}

/** 404 with the page of the web interface: no such route. */
export function missingPage(): ApiResponse {
  return page(404, '<!doctype html>\n<html lang=en>\n<title>Quay</title>\n<p>No such page.</p>\n');
}

/** 405 of the API: the path exists with other methods. */
export function notAllowedApi(allow: readonly string[]): ApiResponse {
  return { ...json({ message: notAllowed }, 405), headers: { allow: allow.join() } };
}

/** 405 of the web interface: the path exists for nobody. */
export function notAllowedPage(): ApiResponse {
  const body =
    '<!doctype html>\n<html lang=en>\n<title>405 Method Not Allowed</title>\n' +
    `<h1>Method Not Allowed</h1>\n<p>${notAllowed}</p>\n`;
  return page(405, body, { allow: 'GET,HEAD,OPTIONS' });
}

// A site owner's own web server: pages of another origin than Nod's, with headers and HTML that a test chooses.
import { createServer } from 'node:http';
import { after } from 'node:test';
import { addSite } from './sites.mjs';

let count = 0;

/**
 * Serves `pages` ({path: html, or {html, type, headers}}) at an origin of its own, as a site of its own at the instance.
 * Where a page says NOD, it gets the address of the site's script. The site is the demo controller's unless another is named.
 * Resolves to {origin, site}.
 */
export async function host(instance, pages, { controller } = {}) {
  const site = { key: `hosted-${process.pid}-${++count}` };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const page = pages[pathname];
    if (page === undefined) return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    const { html = page, type = 'text/html', headers = {} } = typeof page === 'string' ? {} : page;
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store', ...headers });
    response.end(html.replaceAll('NOD', `${instance.url}/${site.key}/nod.js`));
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  after(() => void server.close()); // what is under way may end: the visitor is perhaps still there
  const origin = `http://localhost:${server.address().port}`;
  Object.assign(site, addSite(instance, { key: site.key, controller, origins: [origin] }));
  return { origin, site };
}

// Tags of a site: publishes them as an owner does, and sees what a page makes of them.
import { host } from './host.mjs';
import { Staff } from './graphql.mjs';
import { until } from './until.mjs';

/** A whole document from the parts that a test is about. */
export const tags = (parts) => ({ schema: 1, variables: {}, vendors: [], destinations: [], rules: [], ...parts });

/** Publishes tags for a site; resolves to their version. */
export async function publish(instance, site, parts) {
  const input = { site, document: tags(parts) };
  return (await new Staff(instance).must('publishTags', input, 'version { version }')).version.version;
}

/** A rule that tracks `event` when a trigger fires; the rest of it in `more`. */
export const track = (event, when, { props, purpose, ...more } = {}) => ({
  id: event.replaceAll('_', '-'),
  when: [when],
  then: [{ do: 'track', event, ...(purpose && { purpose }), ...(props && { props }) }],
  ...more,
});

/**
 * A page of its own site with these tags, in a region where nobody need be asked (`region`): resolves to a visitor on it.
 * `head` and `body` are HTML, `files` further ones ({path: html, or {html, type, headers}}). `visitor.find(selector)` looks in
 * the body and not in the banner. `browser` are Playwright's options of a context.
 */
export async function visit(t, shop, { region = 'US-CA', head = '', body = '', files = {}, headers = {}, nonce = '', path = '/', browser, ...parts }) {
  const script = `<script${nonce && ` nonce="${nonce}"`} src="NOD?region=${region}"></script>`;
  const html = `<!doctype html><html lang="en"><head><title>A page</title>${script}${head}</head><body><main>${body}</main></body></html>`;
  const page = { html, headers };
  const { origin, site } = await host(shop.instance, { '/': page, '/second': page, ...files });
  await publish(shop.instance, site.key, parts);
  const visitor = await shop.visitor(t, browser);
  await visitor.page.goto(new URL(path, origin).href);
  await listening(visitor);
  const main = visitor.page.locator('main');
  return Object.assign(visitor, { origin, site, find: (selector) => main.locator(selector) });
}

/** Waits until the page has its rules and listens to what they wait for. */
export async function listening(visitor) {
  const hasRules = () => performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/tags.json') && responseEnd);
  await until('the rules to be there', () => visitor.page.evaluate(hasRules));
  await visitor.settled();
}

/** The events that have left the page for the edge, each once, in their order. */
export function sent(visitor) {
  const events = new Map();
  for (const { method, path, body } of visitor.requests) {
    if (method !== 'POST' || path !== '/v1/events') continue;
    for (const event of JSON.parse(body).events) if (!events.has(event.id)) events.set(event.id, event);
  }
  return [...events.values()];
}

/** The sent events of a name. */
export const named = (visitor, name) => sent(visitor).filter((event) => event.name === name);

/** Waits until so many events of a name have left; resolves to them. */
export async function tracked(visitor, name, count = 1) {
  await until(`${count} × ${name} to leave the page`, () => named(visitor, name).length >= count).catch(({ message }) => {
    const names = sent(visitor).map((event) => event.name);
    throw new Error(`${message}\nSent: ${names}\nWent wrong: ${visitor.trouble.join('\n')}`);
  });
  return named(visitor, name);
}

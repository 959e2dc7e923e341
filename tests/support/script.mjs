// `nod.js` as the edge answers it, and the visit's configuration that is inside.
import assert from 'node:assert/strict';

/** GET /{site}/nod.js; resolves to {response, text, config}. `query` like {region, lang}. */
export async function script(instance, query = {}, { site = instance.site, headers } = {}) {
  const response = await fetch(instance.at(`/${site}/nod.js?${new URLSearchParams(query)}`), { headers });
  const text = await response.text();
  assert.equal(response.status, 200, `nod.js answered ${response.status}: ${text.slice(0, 300)}`);
  return { response, text, config: configuration(text) };
}

/** The first JSON object in a script that begins with `"site"`. */
export function configuration(text) {
  const start = text.search(/\{\s*"site"\s*:/);
  assert.ok(start >= 0, `no configuration in the script: ${text.slice(0, 300)}`);
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return JSON.parse(text.slice(start, at + 1));
  }
  throw new Error('The configuration in the script does not end.');
}

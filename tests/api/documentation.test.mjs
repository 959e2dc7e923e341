// The calls in docs/ are what the API takes: each is made as it stands there, with ids that there are not.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newSite } from '../support/events.mjs';
import { Staff, post } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { newNetwork } from '../support/rights.mjs';

const instance = await sharedInstance();
const staff = new Staff(instance);
/** In place of the demo's own, on which other tests rely. */
const site = newSite(instance, { controller: 'demo' });
const root = join(import.meta.dirname, '../../docs');

/** `nod '…'` (with staff's token) and `ask '…'` (as anyone), with the variables that follow, of a page's shell blocks. */
function* callsOf(page) {
  for (const [block] of page.matchAll(/^```sh\n.*?^```$/gms)) {
    for (const [, who, query, single, double] of block.matchAll(/^(nod|ask) '([^']*)'(?:\s*\\?\n?\s+'([^']*)'|\s+"((?:[^"\\\n]|\\.)*)")?/gm)) {
      const json = single ?? double?.replaceAll('\\"', '"').replaceAll('$token', 'a'.repeat(43));
      const [own, variables] = [query, json ?? 'null'].map((text) => text.replaceAll('demo-shop', site));
      yield { who, query: own, variables: JSON.parse(variables) };
    }
  }
}

let count = 0;
for (const file of readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.md'))) {
  for (const { who, query, variables } of callsOf(readFileSync(join(root, file), 'utf8'))) {
    count += 1;
    test(`${file}: ${query.replaceAll(/\s+/g, ' ').slice(0, 90)}`, async () => {
      const headers = { 'CF-Connecting-IP': newNetwork() };
      if (who === 'nod') headers.Authorization = `Bearer ${staff.token}`;
      const { errors = [] } = await (await post(instance, { query, variables }, { headers })).json();
      // Who asks as nobody is told to sign in; everything else about the call must be right.
      const wrong = errors.filter(({ extensions }) => who === 'nod' || extensions?.code !== 'UNAUTHENTICATED');
      assert.deepEqual(wrong, []);
    });
  }
}

test('the documentation’s calls were found', () => assert.ok(count > 30, `${count}`));

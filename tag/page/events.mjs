// The entry of the events' engine: `nod('track' | 'page' | 'identify' | 'hash', …)`, marks, rules and vendors' tags.
//
// nod.js brings it to a site that has published tags, and to a page that calls it; it stands beside the tag and needs none
// of it. The engine itself (tag/events) decides what may go where and when. Here is what only a browser can do:
//
//   tracking.mjs      takes what is told in, and carries out what is released
//   delivery.mjs      requests, beacons, and what a closing page keeps
//   reading.mjs       the page's values, as rules read them
//   surroundings, interactions, sight, triggers, marks, vendors, actions: what rules see, hear and do

import init, { start } from './events.js';
import { take } from './handle.mjs';
import { begin, enter, hashed, know } from './tracking.mjs';

const commands = {
  track: ([, name, props, options], at) => enter(name, props, options?.purpose, at),
  page: ([, props, options], at) => enter('page_view', props, options?.purpose, at),
  identify: ([, who, options]) => know(who, options),
};

export default async (page) => {
  await init(new URL('__WASM__', import.meta.url));
  const { config } = take(page);
  commands.hash = ([, kind, value, options]) => hashed(`${kind}`, value, options?.form ?? '') ?? null;
  start([page.random().slice(0, 16), config.site, ...config.purposes], config.essential, page.lost);
  // What waited has its own time; rules and vendors that are still to come do not hold it up, they get it later.
  page.attachEvents((call, at) => commands[call[0]](call, at));
  begin();
};

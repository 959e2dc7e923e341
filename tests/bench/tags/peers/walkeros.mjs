// walkerOS as its documentation sets it up: a collector, the browser source, and a destination that posts each event. Its
// package of that destination is not on npm in this version, so it is written here, on walkerOS' own `sendWeb`.
import { startFlow } from '@walkeros/collector';
import { sendWeb } from '@walkeros/web-core';
import { sourceBrowser } from '@walkeros/web-source-browser';

const { collector, isBatched } = window.bench;
const api = {
  type: 'api',
  config: {},
  push: (event) => void sendWeb(collector, JSON.stringify(event), { transport: 'fetch' }),
  ...(isBatched && {
    pushBatch: (batch) => void sendWeb(collector, JSON.stringify(batch.events), { transport: 'fetch' }),
  }),
};

const { elb } = await startFlow({
  consent: { analytics: true },
  run: true,
  sources: { browser: { code: sourceBrowser, config: { settings: { pageview: false } } } },
  destinations: {
    api: { code: api, config: { consent: { analytics: true }, ...(isBatched && { batch: { wait: 1000, size: 100 } }) } },
  },
});
window.track = (name, props) => elb(`bench ${name}`, props);
window.begin();

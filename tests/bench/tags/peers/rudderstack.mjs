// RudderStack as its documentation sets it up from npm, its plugins in the bundle. Its queue keeps 100 events unless it is
// told otherwise, and would drop nine in ten of the benchmark's: it is told.
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';

const { collector, isBatched } = window.bench;
const analytics = new RudderAnalytics();
analytics.load('benchmarkbenchmarkbenchmark', new URL(collector).origin, {
  configUrl: new URL(collector).origin,
  queueOptions: {
    maxItems: 2000,
    ...(isBatched && { batch: { enabled: true, maxItems: 100, flushInterval: 1000 } }),
  },
});
window.track = (name, props) => analytics.track(name, props);
window.begin();

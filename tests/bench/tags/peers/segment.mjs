// Segment as its documentation sets it up from npm, behind a proxy of the site's own.
import { AnalyticsBrowser } from '@segment/analytics-next';

const { collector, isBatched } = window.bench;
const { host } = new URL(collector);
const analytics = AnalyticsBrowser.load(
  { writeKey: 'benchmarkbenchmarkbenchmarkbench', cdnURL: new URL(collector).origin },
  {
    integrations: {
      'Segment.io': {
        apiHost: `${host}/v1`,
        protocol: 'http',
        ...(isBatched && { deliveryStrategy: { strategy: 'batching', config: { size: 100, timeout: 1000 } } }),
      },
    },
  },
);
window.track = (name, props) => analytics.track(name, props);
window.begin();

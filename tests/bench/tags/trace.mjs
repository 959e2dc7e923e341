// Script time from a browser's trace: how long a page's main thread compiled and ran scripts, nested work counted once.

const SCRIPT = new Set([
  ...['EvaluateScript', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule', 'FunctionCall', 'TimerFire', 'RunMicrotasks'],
  ...['EventDispatch', 'XHRReadyStateChange', 'XHRLoad', 'FireIdleCallback', 'FireAnimationFrame', 'v8.run', 'v8.callFunction'],
]);

/** Milliseconds on the busiest main thread of a trace. */
export function scriptTime(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const times = mains.map(({ pid, tid }) => covered(traceEvents.filter((event) => event.pid === pid && event.tid === tid && isScript(event))));
  return Math.max(0, ...times) / 1000;
}

const isScript = ({ ph, name }) => ph === 'X' && SCRIPT.has(name);

/** The length of the union of the events' spans. */
function covered(events) {
  let [sum, end] = [0, -Infinity];
  for (const { ts, dur = 0 } of events.sort((one, other) => one.ts - other.ts)) {
    sum += Math.max(0, ts + dur - Math.max(ts, end));
    end = Math.max(end, ts + dur);
  }
  return sum;
}

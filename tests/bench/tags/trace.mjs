// What a page's main thread did, from the browser's trace: its own processor time, so that a busy machine does not count.

export const CATEGORIES = ['toplevel', 'devtools.timeline', 'v8'];
const SCRIPT = new Set([
  ...['EvaluateScript', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule', 'FunctionCall', 'TimerFire', 'RunMicrotasks'],
  ...['EventDispatch', 'XHRReadyStateChange', 'XHRLoad', 'FireIdleCallback', 'FireAnimationFrame', 'v8.run', 'v8.callFunction'],
]);

/** Milliseconds of the busiest page's main thread: all of it, and of it what compiled and ran scripts. */
export function mainThread(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const pages = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const times = pages.map(({ pid, tid }) => {
    const spans = traceEvents.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid);
    return { task: outermost(spans), script: outermost(spans.filter(({ name }) => SCRIPT.has(name))) };
  });
  return times.reduce((most, time) => (time.task > most.task ? time : most), { task: 0, script: 0 });
}

/** The processor time of those that lie in no other. */
function outermost(spans) {
  let [sum, end] = [0, -Infinity];
  for (const { ts, dur = 0, tdur = 0 } of spans.sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0))) {
    if (ts < end) continue;
    sum += tdur;
    end = ts + dur;
  }
  return sum / 1000;
}

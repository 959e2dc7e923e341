// A stand-in for a statistics tool without cookies, which Nod's tag manager loads and feeds: see www/demo/tags.json.
//
// It has the interface of Plausible's script: events that were counted before it came wait in `plausible.q`, and its element
// says where they go. It sends nothing by itself.
(() => {
  const { domain, api } = document.currentScript.dataset;
  const count = (name, { props } = {}) =>
    navigator.sendBeacon(api, JSON.stringify({ domain, event: name, page: location.pathname, properties: props }));
  const waiting = window.plausible?.q ?? [];
  window.plausible = count;
  for (const words of waiting) count(...words);
})();

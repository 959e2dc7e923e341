// The vendors' tags: nothing of a vendor is in the page, or requested, before its purposes are allowed.
//
// What a vendor needs is data (core/src/tags/templates): steps that set it up, hand it an event, tell it of a choice, or of
// a withdrawal. A script that runs cannot be unloaded: it is told, and gets nothing any more.

import { insert } from './actions.mjs';

/** `vendors` of the document; `nod` is the stub's handle of the page; `page()` what rules see of it. */
export function createVendors(vendors, nod, page) {
  const allows = (purpose) => nod.state().purposes[purpose];
  const isAllowed = (vendor) => vendor.purposes.every(allows);
  let line = Promise.resolve();

  const run = (steps, event) => {
    for (const step of steps ?? []) {
      try {
        perform(step, (value) => fill(value, { event, page: page() }, allows));
      } catch (error) {
        reportError(error); // a vendor's own mistake
      }
    }
  };

  /** Sets a vendor up if it may be and is wanted: each in a task of its own, so that the page answers in between. */
  function open(vendor) {
    if (vendor.held || vendor.waits || !isAllowed(vendor)) return;
    vendor.held = [];
    line = line.then(rest).then(() => {
      const { held } = vendor;
      vendor.held = null;
      if (!isAllowed(vendor)) return; // withdrawn meanwhile
      vendor.isOpen = vendor.isTold = true;
      run(vendor.setup);
      if (vendor.script) insert('script', { ...vendor.script.attributes, src: vendor.script.src }, document.head, nod.nonce);
      for (const event of held) run(vendor.event, event);
    });
  }

  /** Brings every vendor in line with what is allowed now. */
  function consent() {
    for (const vendor of vendors) {
      if (!vendor.isOpen) open(vendor);
      else if (isAllowed(vendor)) run(vendor.consent);
      else if (vendor.isTold) run(vendor.withdraw);
      vendor.isTold = isAllowed(vendor);
    }
  }

  return {
    consent,
    /** A rule wants this vendor. */
    load(index) {
      vendors[index].waits = false;
      open(vendors[index]);
    },
    /** Hands an event to a vendor that is set up or about to be. */
    forward(index, json) {
      const vendor = vendors[index];
      const event = JSON.parse(json);
      if (vendor.held) vendor.held.push(event);
      else if (vendor.isOpen && isAllowed(vendor)) run(vendor.event, event);
    },
  };
}

const rest = () => window.scheduler?.yield?.() ?? new Promise((next) => setTimeout(next));

/** What a value of a step is now. */
function fill(value, scope, allows) {
  if (!value || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => fill(item, scope, allows));
  if (value.now) return new Date();
  if (value.granted) return allows(value.granted) ? 'granted' : 'denied';
  if (value.from) return value.from.split('.').reduce((of, name) => of?.[name], scope);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, scope, allows)]));
}

/** Where a dotted name stands: what holds it, and its last part. */
function place(name) {
  const parts = name.split('.');
  const last = parts.pop();
  return [parts.reduce((of, part) => of[part], window), last];
}

/** The list of that name, made if there is none. */
function list(name) {
  const [of, last] = place(name);
  return (of[last] ||= []);
}

function perform(step, fill) {
  if (step.array) list(step.array);
  else if (step.push) list(step.push).push(fill(step.with));
  else if (step.call) {
    const [of, last] = place(step.call);
    of[last](...fill(step.with));
  } else if (!window[step.define]) {
    // As every vendor's snippet does: what is called before the script has come waits in a list. It must be `arguments`.
    const stub = function () {
      if (stub[step.live]) stub[step.live].apply(stub, arguments);
      else list(step.queue).push(arguments);
    };
    window[step.define] = stub;
    if (step.alias) window[step.alias] ||= stub;
    Object.assign(stub, fill(step.set));
    list(step.queue);
  }
}

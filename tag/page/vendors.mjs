// The vendors' tags: nothing of a vendor is in the page, or requested, before its purposes are allowed.
//
// What a vendor needs is data (core/src/tags/templates): steps that set it up, hand it an event, tell it of a choice, or of
// a withdrawal. A script that runs cannot be unloaded: it is told, and gets nothing any more.

import { insert } from './actions.mjs';

const MOST = 1000; // events that wait for a vendor's script

/** `vendors` of the document; `nod` is the stub's handle of the page, `page()` what rules see of it. */
export function createVendors(vendors, nod, page) {
  const allows = (purpose) => nod.state().purposes[purpose];
  const isAllowed = (vendor) => vendor.purposes.every(allows);
  let line = Promise.resolve();

  const run = (steps, event) => {
    for (const step of steps) {
      try {
        perform(step, (value) => fill(value, { event, page: page() }, allows));
      } catch (error) {
        console.warn('nod:', error); // a vendor's own mistake
      }
    }
  };
  const hand = (vendor, event) => isAllowed(vendor) && run(vendor.event, event);

  /** Sets a vendor up, in a task of its own, so that the page answers in between. */
  function open(vendor) {
    if (!vendor.isWanted || vendor.held) return;
    vendor.held = [];
    line = line.then(rest).then(() => {
      if (!isAllowed(vendor)) return (vendor.held = null); // withdrawn meanwhile
      vendor.isOpen = vendor.isTold = true;
      run(vendor.setup);
      const script = insert('script', { ...vendor.script.attributes, src: vendor.script.src }, document.head, nod.nonce);
      // Whether or not it could be had: what its setup has put there takes the events.
      script.onload = script.onerror = () => {
        vendor.isReady = true;
        for (const event of vendor.held) hand(vendor, event);
      };
    });
  }

  return {
    /** Brings every vendor in line with what is allowed now. */
    consent() {
      for (const vendor of vendors) {
        const is = isAllowed(vendor);
        if (!vendor.isOpen) is && open(vendor);
        else if (is) run(vendor.consent);
        else if (vendor.isTold) run(vendor.withdraw);
        vendor.isTold = is;
      }
    },
    /** This vendor is wanted, and allowed. */
    load(index) {
      vendors[index].isWanted = true;
      open(vendors[index]);
    },
    /** Hands an event to a vendor that was loaded. */
    forward(index, json) {
      const vendor = vendors[index];
      const event = JSON.parse(json);
      if (vendor.isReady) hand(vendor, event);
      else if (vendor.held?.length < MOST) vendor.held.push(event);
    },
  };
}

const rest = () => window.scheduler?.yield?.() ?? new Promise((next) => setTimeout(next));

const read = (path, scope) => path.split('.').reduce((of, name) => of?.[name], scope);

/** What a value of a step is now. */
function fill(value, scope, allows) {
  const again = (value) => fill(value, scope, allows);
  if (!value || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(again);
  if (value.now) return new Date();
  if (value.granted) return allows(value.granted) ? 'granted' : 'denied';
  if (value.from) return read(value.from, scope);
  if (value.merge) return Object.assign({}, ...again(value.merge));
  if (value.map) {
    const name = read(value.map, scope);
    return again(Object.hasOwn(value.to, name) ? value.to[name] : value.else);
  }
  return Object.fromEntries(Object.entries(value).map(([name, value]) => [name, again(value)]));
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
  if (step.push) list(step.push).push(fill(step.with));
  if (step.assign) window[step.assign] = fill(step.value);
  if (step.call) {
    const [of, last] = place(step.call);
    of[last](...fill(step.with));
  }
  if (step.define && !window[step.define]) {
    // As every vendor's snippet does: what is called before the script has come waits in a list. It must be `arguments`.
    const stub = function () {
      if (stub[step.live]) stub[step.live].apply(stub, arguments);
      else list(step.queue).push(arguments);
    };
    window[step.define] = stub;
    if (step.alias) window[step.alias] ||= stub;
    if (step.self) stub[step.self] = stub;
    Object.assign(stub, step.set);
    list(step.queue);
  }
}

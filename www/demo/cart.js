// The cart: pieces by article number, kept in this tab's session storage.
//
// It is written only when the visitor puts something into it or changes it, never on a mere visit: that makes it
// strictly necessary for what the visitor asked for, and so exempt from consent. An emptied cart leaves nothing behind.
import { catalogue } from './catalogue.js';

const KEY = 'marl_cart';
const MOST = 9;
const FREE_FROM = 80;
const DELIVERY = 6.5;

// Where storage is forbidden the cart lasts as long as the page.
let lines = read();

function read() {
  try {
    const kept = Object.entries(JSON.parse(sessionStorage.getItem(KEY) ?? '{}'));
    return new Map(kept.filter(([sku, count]) => catalogue.has(sku) && Number.isInteger(count) && count > 0));
  } catch {
    return new Map();
  }
}

function keep() {
  try {
    if (lines.size === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(lines)));
  } catch {
    // Storage is full or forbidden: the cart stays in memory.
  }
}

export function add(sku, count = 1) {
  set(sku, (lines.get(sku) ?? 0) + count);
}

export function set(sku, count) {
  if (count > 0) lines.set(sku, Math.min(count, MOST));
  else lines.delete(sku);
  keep();
}

export function clear() {
  lines = new Map();
  keep();
}

/** What is in the cart, and what it costs. */
export function contents() {
  const entries = [...lines].map(([sku, count]) => ({ ...catalogue.get(sku), count }));
  const count = entries.reduce((sum, entry) => sum + entry.count, 0);
  const pieces = entries.reduce((sum, entry) => sum + entry.count * entry.price, 0);
  const delivery = pieces >= FREE_FROM ? 0 : DELIVERY;
  return { entries, count, pieces, delivery, total: pieces + delivery };
}

/** The tab may come back from the browser's page cache with an older cart in memory. */
export function refresh() {
  lines = read();
}

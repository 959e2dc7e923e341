// "Looked at lately": the shop's own functional feature, and an example of a page that obeys Nod by itself.
//
// It remembers pieces in local storage only while the visitor allows `functional`. It asks Nod for the state and listens for changes;
// while Nod is absent it does nothing. Nod clears the entry when the permission is withdrawn.
import { catalogue } from './catalogue.js';

const KEY = 'marl_seen';
const MOST = 4;
const NINETY_DAYS = 90 * 24 * 60 * 60 * 1000;

function seen() {
  try {
    const { at, skus } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return Date.now() - at < NINETY_DAYS ? skus.filter((sku) => catalogue.has(sku)) : [];
  } catch {
    return [];
  }
}

function remember(sku) {
  const skus = [sku, ...seen().filter((other) => other !== sku)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), skus }));
  } catch {
    // Storage is full or forbidden: nothing is remembered.
  }
  return skus;
}

function show(section, skus) {
  section.hidden = skus.length === 0;
  section.querySelector('ul').replaceChildren(
    ...skus.map((sku) => {
      const { name, image, link } = catalogue.get(sku);
      const picture = Object.assign(new Image(800, 1000), { src: image, alt: '' });
      const anchor = Object.assign(document.createElement('a'), { href: link });
      anchor.append(picture, name);
      const item = document.createElement('li');
      item.append(anchor);
      return item;
    }),
  );
}

/** Follows the visitor's choice for as long as the page is open. */
export function followLately(section, sku) {
  const follow = (state) => {
    const allowed = state?.purposes?.functional === true;
    show(section, allowed ? remember(sku).filter((other) => other !== sku) : []);
  };
  const ask = () => window.nod?.('consent')?.then(follow, () => {});
  addEventListener('nod:consent', ({ detail }) => follow(detail));
  addEventListener('nod:ready', ask);
  ask();
}

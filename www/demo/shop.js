// What moves in the demo shop: the cart's pages, the product page's choice of piece, the notice of what was added.
// The pages are complete without it but for the cart and the checkout, and it needs nothing of Nod to work.
import * as cart from './cart.js';
import { catalogue } from './catalogue.js';
import { followLately } from './lately.js';

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const money = new Intl.NumberFormat(document.documentElement.lang, {
  style: 'currency',
  currency: 'EUR',
  trailingZeroDisplay: 'stripIfInteger',
});

function showCount() {
  const { count } = cart.contents();
  for (const badge of all('[data-cart-count]')) {
    badge.hidden = count === 0;
    badge.firstElementChild.textContent = count;
  }
}

let toastTimer;
function announce(text) {
  const toast = one('[data-toast]');
  toast.textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => toast.replaceChildren(), 6000);
}

function addToCart(button, count = 1) {
  cart.add(button.value, count);
  showCount();
  const name = one('[data-name]', button.closest('[data-piece]')).textContent;
  announce(one('[data-toast]').dataset.added.replace('{name}', name));
}

// The product page's HTML is the teapot; `?sku=` makes it another piece.
function showProduct(product) {
  const button = one('button', product);
  const piece = catalogue.get(new URLSearchParams(location.search).get('sku')) ?? catalogue.get(button.value);
  if (piece.sku !== button.value) {
    document.title = `${piece.name} · Marl`;
    one('[data-crumb]').textContent = piece.name;
    one('[data-name]', product).textContent = piece.name;
    one('[data-sub]', product).textContent = piece.sub;
    one('[data-lead]', product).textContent = piece.lead;
    one('[data-price]', product).textContent = money.format(piece.price);
    Object.assign(one('[data-image]', product), { src: piece.image, alt: piece.alt });
    for (const [name, text] of Object.entries(piece.facts)) one(`[data-fact="${name}"]`, product).textContent = text;
    button.value = piece.sku;
  }
  // What is marked in it is about this piece; only now is it known which one is looked at.
  Object.assign(product.dataset, { nodPropSku: piece.sku, nodPropPrice: piece.price, nodOn: 'load', nodEvent: 'view_item' });
  one('[data-buy]', product).addEventListener('submit', (event) => {
    event.preventDefault();
    addToCart(button, one('#quantity').valueAsNumber);
  });
  followLately(one('[data-lately]'), piece.sku);
}

function showSums({ pieces, delivery, total }) {
  const texts = { pieces: money.format(pieces), delivery: delivery === 0 ? 'Free' : money.format(delivery), total: money.format(total) };
  for (const sum of all('[data-sum]')) sum.textContent = texts[sum.dataset.sum];
}

function cartLine({ sku, name, sub, image, link, price, count }) {
  const line = one('#cart-line').content.cloneNode(true);
  one('img', line).src = image;
  Object.assign(one('h2 a', line), { href: link, textContent: name });
  one('.card-sub', line).textContent = sub;
  const sum = one('.price', line);
  sum.textContent = money.format(price * count);
  for (const hidden of all('.visually-hidden', line)) hidden.textContent = name;
  const quantity = Object.assign(one('input', line), { id: `quantity-${sku}`, value: count });
  one('label', line).htmlFor = quantity.id;
  quantity.addEventListener('change', () => {
    if (quantity.validity.valid && quantity.value !== '') cart.set(sku, quantity.valueAsNumber);
    // The line stays in place, so that the keyboard's focus goes where the visitor sent it.
    const now = cart.contents();
    const kept = now.entries.find((entry) => entry.sku === sku).count;
    quantity.value = kept;
    sum.textContent = money.format(price * kept);
    showSums(now);
    showCount();
    announce(`${name}: ${kept} in your cart.`);
  });
  one('button', line).addEventListener('click', () => {
    cart.set(sku, 0);
    showCart();
    one('[data-cart-title]').focus();
    announce(`${name} is out of your cart.`);
  });
  return line;
}

function orderLine({ name, count, price }) {
  const line = document.createElement('li');
  const [what, sum] = [document.createElement('span'), document.createElement('span')];
  what.textContent = `${count} × ${name}`;
  sum.textContent = money.format(count * price);
  line.append(what, sum);
  return line;
}

function showCart() {
  const state = cart.contents();
  one('[data-cart]').hidden = state.count === 0;
  one('[data-cart-empty]').hidden = state.count > 0;
  one('[data-cart-lines]')?.replaceChildren(...state.entries.map(cartLine));
  one('[data-order-lines]')?.replaceChildren(...state.entries.map(orderLine));
  Object.assign(one('[data-checkout]')?.dataset ?? {}, { nodPropValue: state.total, nodPropCount: state.count });
  showSums(state);
  showCount();
}

// The order goes nowhere: nothing that is typed here leaves the page.
function placeOrder(event) {
  event.preventDefault();
  event.target.reset();
  cart.clear();
  showCart();
  one('[data-cart-empty]').hidden = true;
  one('[data-done]').hidden = false;
  one('#done-title').focus();
}

const product = one('[data-product]');
if (product) showProduct(product);
if (one('[data-cart]')) showCart();
one('[data-checkout]')?.addEventListener('submit', placeOrder);
for (const button of all('[data-add]')) button.addEventListener('click', () => addToCart(button));
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  cart.refresh();
  if (one('[data-cart]') && !(one('[data-done]')?.hidden === false)) showCart();
  else showCount();
});
showCount();

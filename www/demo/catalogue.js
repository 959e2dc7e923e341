// The shop's pieces: what the product page, the cart and the checkout know about each. The home page is plain HTML.
// Prices are in whole euros.

const piece = (sku, name, price, sub, alt, lead, facts) => [
  sku,
  { sku, name, price, sub, alt, lead, facts, image: `/demo/images/${sku.toLowerCase()}.svg`, link: `/demo/product.html?sku=${sku}` },
];

export const catalogue = new Map([
  piece(
    'EMBER-TEAPOT',
    'Ember teapot',
    86,
    'Iron red, cane handle',
    'A round, iron-red teapot with an arched cane handle.',
    'Holds four cups, pours without a drip, and keeps warm for as long as the talk lasts. The glaze turns from brick to ember where the flame touched it.',
    {
      size: '26 cm wide, 21 cm high',
      holds: '0.9 litres',
      glaze: 'Iron red over buff stoneware, lead-free',
      care: 'Dishwasher safe without the handle, which lifts off',
    },
  ),
  piece(
    'TIDE-MUG',
    'Tide mug',
    24,
    'Sea-green over bare clay',
    'A straight mug, glazed sea-green above and left as bare clay below.',
    'A mug with a waterline. Dipped by hand, so that no two tides stand equally high, and with room for three fingers in the handle.',
    { size: '9 cm wide, 10 cm high', holds: '0.35 litres', glaze: 'Sea-green, lead-free; the foot is bare', care: 'Dishwasher and microwave safe' },
  ),
  piece(
    'DUNE-BOWL',
    'Dune bowl',
    32,
    'Oat outside, honey inside',
    'A wide bowl on a small foot, oat-coloured outside and honey-yellow inside.',
    'Wide enough for noodles, deep enough for soup, and light enough to eat from on the sofa. Nobody is looking.',
    { size: '19 cm wide, 8 cm high', holds: '0.8 litres', glaze: 'Oat and honey, lead-free', care: 'Dishwasher and oven safe to 180 °C' },
  ),
  piece(
    'REED-VASE',
    'Reed vase',
    48,
    'Celadon bottle, narrow neck',
    'A celadon-green bottle with a narrow neck that holds four dry reeds.',
    'One stem is enough. The narrow neck holds it upright, and the belly holds a week of water.',
    { size: '13 cm wide, 27 cm high', holds: 'One to five stems', glaze: 'Celadon over buff stoneware, lead-free', care: 'By hand, with a bottle brush' },
  ),
  piece(
    'PEBBLE-CUPS',
    'Pebble cups',
    36,
    'A pair: slate and blush',
    'Two small cups without handles, one slate-grey and one blush-pink.',
    'Two cups for two hands each: for tea, for espresso, for what is left of the evening.',
    { size: '8 cm wide, 7 cm high', holds: '0.18 litres each', glaze: 'Slate and blush, lead-free', care: 'Dishwasher and microwave safe' },
  ),
  piece(
    'NIGHT-PLATES',
    'Night plates',
    54,
    'Dinner and side, set of two',
    'A night-blue dinner plate that lies over a smaller, sand-coloured one.',
    'A dark plate makes a plain supper look like a decision. The side plate is for the bread.',
    { size: '27 cm and 21 cm wide', holds: 'Supper', glaze: 'Cobalt and sand, lead-free', care: 'Dishwasher safe' },
  ),
]);

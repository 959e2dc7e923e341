// The result as a table: medians, Nod against its peer as a ratio, and the budget that docs and design set for it.
const PEER = 'vanilla-cookieconsent';

const median = (numbers) => {
  const sorted = numbers.filter((number) => number !== null && number !== undefined).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (!sorted.length) return null;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** [what, of which field, unit, budget as a ratio to the peer or as an absolute, whether the bare page's bytes come off] */
const ROWS = [
  ['bytes added, nobody clicks', 'bytes', 'kB', {}, true],
  ['bytes added, Accept all pressed and recorded', 'bytesOfChoice', 'kB', { most: 22 }, true],
  ['first contentful paint', 'firstPaint', 'ms', { ratio: 0.9 }],
  ['banner in a frame', 'inDocument', 'ms', {}],
  ['banner on screen', 'banner', 'ms', { ratio: 0.7 }],
  ['Accept all stored, from navigation start', 'stored', 'ms', { ratio: 0.7 }],
  ['click on Accept all to next paint', 'paint', 'ms', { most: 50 }],
  ['total blocking time', 'blocking', 'ms', { most: 0 }],
  ['analytics of a returning visitor, cache empty', 'analytics', 'ms', { ratio: 0.7 }],
];

export function table(samples, rounds, isThrottled) {
  const names = Object.keys(samples);
  const values = (name, field, isAdded) =>
    samples[name].map((sample, round) =>
      (sample[field] ?? null) === null ? null : isAdded ? sample[field] - samples['bare page'][round].bytes : sample[field],
    );
  const lines = [
    `Medians of ${rounds} interleaved rounds, ${isThrottled ? 'slow 4G and a 4× slower CPU' : 'unthrottled'}; in brackets the lowest and highest.`,
    '',
    `| | ${names.join(' | ')} | nod / ${PEER} | budget |`,
    `|---|${names.map(() => '---:|').join('')}---:|---:|`,
  ];
  for (const [what, field, unit, budget, isAdded] of ROWS) {
    const scale = unit === 'kB' ? 1000 : 1;
    const show = (number) => (number / scale).toFixed(unit === 'kB' ? 1 : 0);
    const cells = names.map((name) => {
      const all = values(name, field, isAdded).filter((value) => value !== null);
      if (!all.length || (isAdded && name === 'bare page')) return '';
      return `${show(median(all))} ${unit} (${show(Math.min(...all))}–${show(Math.max(...all))})`;
    });
    const [nod, peer] = ['nod', PEER].map((name) => median(values(name, field, isAdded)));
    const ratio = nod !== null && peer ? nod / peer : null;
    const isOver = budget.ratio ? ratio > budget.ratio : budget.most !== undefined && nod / scale > budget.most;
    const limit = budget.ratio ? `≤ ${budget.ratio}` : budget.most !== undefined ? `≤ ${budget.most} ${unit}` : '';
    lines.push(
      `| ${what} | ${cells.join(' | ')} | ${ratio === null ? '' : ratio.toFixed(2)} | ${limit}${isOver ? ' **over**' : ''} |`,
    );
  }
  if (samples.nod.some(({ isLong }) => isLong))
    lines.push('', 'A long task came between a click on Accept all and the next paint.');
  return lines.join('\n');
}

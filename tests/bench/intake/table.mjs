// The result as a table: medians over the rounds, and each subject against the bare Worker of the same run.
const FLOOR = 'bare Worker';
const BUDGET = 0.7;

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export function table(samples, { rounds, count, atOnce }) {
  const of = (name, field) => median(samples[name].map((sample) => sample[field]));
  const lines = [
    `Medians of ${rounds} interleaved rounds of ${count} deliveries, ${atOnce} at once, same workerd; in brackets the lowest and highest.`,
    '',
    '| | deliveries a second | ratio | p50 | p99 | p50, one at a time |',
    '|---|---:|---:|---:|---:|---:|',
  ];
  for (const name of Object.keys(samples)) {
    const rates = samples[name].map(({ perSecond }) => perSecond);
    const ratio = of(name, 'perSecond') / of(FLOOR, 'perSecond');
    const rate = `${of(name, 'perSecond').toFixed(0)} (${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)})`;
    const [p50, p99, alone] = ['p50', 'p99', 'alone'].map((field) => `${of(name, field).toFixed(1)} ms`);
    lines.push(`| ${name} | ${rate} | ${ratio.toFixed(2)} | ${p50} | ${p99} | ${alone} |`);
  }
  const ratio = of('nod: new customers', 'perSecond') / of(FLOOR, 'perSecond');
  lines.push('', `New customers against the floor: ${ratio.toFixed(2)}, budget ≥ ${BUDGET}${ratio < BUDGET ? ': **missed**' : ''}.`);
  return lines.join('\n');
}

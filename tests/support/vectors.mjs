// The vectors of the rule language (core/src/tags/vectors.json), as an owner could publish them: what a context holds travels
// as an event's properties, so that a page and the edge read the very same, and the paths lead there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './instance.mjs';

const file = JSON.parse(readFileSync(join(ROOT, 'core/src/tags/vectors.json'), 'utf8'));

/** A context as properties: an event's own stay what they are, every other root is one more of them. */
function properties(context) {
  const { event, ...roots } = context;
  return { ...event?.props, ...Object.fromEntries(Object.entries(roots).map(([root, value]) => [`of_${root}`, value])) };
}

const moved = (path) => (path.startsWith('event.props.') ? path : `event.props.of_${path}`);

function movedCondition(condition) {
  if (condition.any) return { any: condition.any.map(movedCondition) };
  return condition.path === undefined ? condition : { ...condition, path: moved(condition.path) };
}

function movedValue(value) {
  if (Array.isArray(value)) return value.map(movedValue);
  if (value === null || typeof value !== 'object') return value;
  const [[only, inner] = [], ...more] = Object.entries(value);
  if (only === 'from' && !more.length) return { from: moved(inner) };
  if (only === 'text' && !more.length) return { text: inner.replace(/\{([a-z]+(?:\.\w+)*)\}/g, (_, path) => `{${moved(path)}}`) };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, movedValue(member)]));
}

/** What each context's event carries, by the context's name. */
export const contexts = Object.fromEntries(Object.entries(file.contexts).map(([name, context]) => [name, properties(context)]));

/** Every condition: {context, condition, holds}. */
export const conditions = file.conditions.map(([context, condition, holds]) => ({
  context,
  condition: movedCondition(condition),
  holds,
}));

/** Every value: {context, value, gives}. */
export const values = file.values.map(([context, value, gives]) => ({ context, value: movedValue(value), gives }));

const isPlain = (value) => value !== null && value !== undefined && typeof value !== 'object';
const NEEDS = {
  ...Object.fromEntries(['starts_with', 'ends_with', 'matches'].map((is) => [is, (value) => typeof value === 'string'])),
  ...Object.fromEntries(['greater', 'less'].map((is) => [is, (value) => typeof value === 'number'])),
  ...Object.fromEntries(['equals', 'not_equals', 'contains'].map((is) => [is, isPlain])),
  ...Object.fromEntries(['exists', 'missing'].map((is) => [is, (value) => value === undefined])),
  one_of: Array.isArray,
};

/** Can no configuration with this condition be published? The evaluators must bear it all the same, by native tests. */
export function isMalformed({ condition: { any, path, is, value } }) {
  if (any) return any.some((condition) => isMalformed({ condition }));
  return path === undefined || path.split('.').includes('') || !NEEDS[is]?.(value);
}

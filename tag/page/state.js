// What `nod('consent')` answers and every event carries: the visitor's choice and what follows from it.

const ACTIONS = { a: 'accept-all', r: 'reject-all', c: 'custom', w: 'withdraw' };

/**
 * Gives a function for the state now:
 * {decided, purposes: {id: boolean}, action, at, visitor, regime, model, gpc, stored, record, receipt}.
 * `stored`: the edge has recorded the choice. `record` and `receipt` are known on the page where it did.
 */
export const createState = (config, choice, allowed, gpc) => () => {
  const made = choice();
  const bits = allowed();
  return {
    decided: !!made,
    purposes: Object.fromEntries(config.purposes.map((id, index) => [id, !!(bits & (1 << index))])),
    action: made ? ACTIONS[made.action] : null,
    at: made?.at ?? null,
    visitor: made?.visitor ?? null,
    regime: config.regime,
    model: config.model,
    gpc: gpc(),
    stored: !!made && !made.pending,
    record: made?.record ?? null,
    receipt: made?.receipt ?? null,
  };
};

// Waiting for something that no event announces: ask again until it holds, or say what was awaited in vain.
import { setTimeout as pause } from 'node:timers/promises';

/** How long anything in these tests may take before it counts as failed. Generous: nothing here measures time. */
export const PATIENCE = 20_000;

/** Resolves to the first truthy answer of `condition`; rejects with `what` and the last answer at the deadline. */
export async function until(what, condition, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > deadline)
      throw new Error(`Waited ${patience / 1000} s in vain for: ${what}. Last seen: ${JSON.stringify(answer)}`);
    await pause(25);
  }
}

// Deliveries that are turned away: one answer for all of them, and nothing stored.
import assert from 'node:assert/strict';
import { problem } from './api.mjs';

/** Everything that a stranger can see of an answer, but for the time of day. */
export async function seen(response) {
  const headers = [...response.headers].filter(([name]) => name !== 'date').sort();
  return { status: response.status, headers, body: await response.text() };
}

/** Sends what must be refused, and proves that no table has gained or lost a row; resolves to the problem document. */
export async function refused(instance, status, request) {
  const counts = instance.database.counts();
  const document = await problem(await request(), status);
  assert.deepEqual(instance.database.counts(), counts, 'nothing is stored');
  return document;
}

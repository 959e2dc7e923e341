// What Cloudflare's clock does every few minutes, done now.
import assert from 'node:assert/strict';

/** Runs the Worker's scheduled work to its end. */
export async function runSchedule(instance) {
  const response = await fetch(instance.at('/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*'));
  assert.equal(response.status, 200, `the scheduled work answered ${response.status}: ${await response.text()}`);
}

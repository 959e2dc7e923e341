// axe-core in a page. Its source is evaluated by the browser's own debugger, which no policy of the page keeps out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asserts that axe finds nothing in the page, shadow roots and frames included. */
export async function assertAccessible(page, what) {
  for (const frame of page.frames()) await frame.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  assert.ok(passes.length > 5, 'axe has looked at something');
  const findings = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ target, failureSummary }) => `    ${target.flat().join(' ')}\n      ${failureSummary.replaceAll('\n', '\n      ')}`).join('\n')}`);
  assert.equal(findings.length, 0, `axe on ${what}:\n${findings.join('\n')}`);
}

/** Asserts that nothing sticks out to the side. */
export async function assertNoSidewaysScrolling(page, what) {
  const { wide, culprits } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const within = (root) => [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? within(element.shadowRoot) : [])]);
    const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
    return {
      wide: document.documentElement.scrollWidth > width,
      culprits: within(document).filter(sticksOut).map((element) => `${element.localName}.${element.className}`).slice(0, 5),
    };
  });
  assert.equal(wide, false, `${what} scrolls sideways; sticking out: ${culprits}`);
}

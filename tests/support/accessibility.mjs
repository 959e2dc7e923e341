// axe-core and the width of a page, in every look that counts. axe's source is evaluated by the browser's own debugger, which
// no policy of the page keeps out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [320, 1440];
const SCHEMES = ['light', 'dark'];

/** While a dialog is modal, the rest of the page is inert: nobody meets it, so axe looks at the dialog alone. */
export const DIALOG = { fromShadowDom: ['nod-consent', 'dialog.preferences'] };

/** Asserts that axe finds nothing and nothing scrolls sideways, narrow and wide, light and dark. */
export async function assertAccessible(page, what, context) {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next))));
      const where = `${what}, ${width} px, ${colorScheme}`;
      await assertNoSidewaysScrolling(page, where);
      await assertNoViolation(page, where, context);
    }
  }
}

/** Shadow roots and frames included. */
async function assertNoViolation(page, what, context) {
  for (const frame of page.frames()) if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(AXE);
  const { violations, passes } = await page.evaluate(
    (part) => window.axe.run(part ?? document, { resultTypes: ['violations'] }),
    context,
  );
  assert.ok(passes.length > 5, 'axe has looked at something');
  const findings = violations.map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map(place)].join('\n'));
  assert.equal(findings.length, 0, `axe on ${what}:\n${findings.join('\n')}`);
}

const place = ({ target, failureSummary }) =>
  `    ${target.flat().join(' ')}\n      ${failureSummary.replaceAll('\n', '\n      ')}`;

async function assertNoSidewaysScrolling(page, what) {
  const { wide, culprits } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const within = (root) =>
      [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? within(element.shadowRoot) : [])]);
    const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
    return {
      wide: document.documentElement.scrollWidth > width,
      culprits: within(document)
        .filter(sticksOut)
        .map((element) => `${element.localName}.${element.className}`)
        .slice(0, 5),
    };
  });
  assert.equal(wide, false, `${what} scrolls sideways; sticking out: ${culprits}`);
}

// Looks at every page of the dashboard with a busy shop's rows behind it: pictures for docs/screens, in light and dark, on a desktop
// and on a telephone, and how long each page took from the click to the last of its answers. `cargo xtask screens` runs it.
import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT, XTASK, startKillable } from '../support/instance.mjs';

const FOLDER = join(ROOT, 'docs/screens');
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'];
/** A page that is there within a second feels as if it had been there. */
const BUDGET = 1000;

const { instance, stop } = await startKillable({
  prepare: (state) => execFileSync(XTASK, ['seed', '--state', state], { cwd: ROOT, stdio: 'inherit' }),
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium' });
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const context = await browser.newContext({ locale: 'en-GB', viewport: SIZES.desktop });
  const page = await context.newPage();
  await page.goto(instance.at('/dashboard'));
  await shown(page);
  await pictures(page, 'sign-in');
  // Another address but for its hash is no other page.
  await page.goto('about:blank');
  await page.goto(instance.dashboardLink);
  await page.getByRole('navigation', { name: 'Dashboard' }).waitFor({ state: 'attached' });
  await shown(page);
  const slow = [];
  for (const [name, path] of Object.entries(await pages(page))) {
    const took = await opened(page, path);
    console.log(`${String(Math.round(took)).padStart(6)} ms  ${name}`);
    if (took > BUDGET) slow.push(name);
    await pictures(page, name);
  }
  console.log(slow.length ? `Over ${BUDGET} ms: ${slow.join(', ')}.` : `Every page was there within ${BUDGET} ms.`);
} finally {
  await browser.close();
  await stop();
}

/** The pages by the names of their pictures; items are the first of their lists. */
async function pages(page) {
  const first = async (path, link) => {
    await opened(page, path);
    return new URL(await page.locator(link).first().getAttribute('href'), page.url()).pathname.replace('/dashboard', '');
  };
  const request = await first('/requests?status=OPEN&order=DUE', 'main tbody th a');
  const connection = await first('/connections', 'main tbody th a');
  const record = await first('/consent', '[aria-labelledby="records"] tbody th a');
  const [{ id }] = instance.database.rows('SELECT id FROM identities ORDER BY id LIMIT 1');
  return {
    overview: '',
    requests: '/requests?status=OPEN&order=DUE',
    'requests-all': '/requests',
    request,
    'request-denied': `${request}?do=deny`,
    'request-entered': '/requests/new',
    people: '/people',
    person: `/people/${id}`,
    connections: '/connections',
    connection,
    consent: '/consent',
    record,
    tags: '/tags',
    journal: '/journal',
    site: '/site',
    staff: '/staff',
  };
}

/** Opens a page anew, and says how long it took until nothing was on its way any more. */
async function opened(page, path) {
  const begun = performance.now();
  await page.goto(instance.at(`/dashboard${path}`));
  await shown(page);
  return performance.now() - begun;
}

async function shown(page) {
  await page.locator('#dashboard h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('#dashboard .waiting'));
}

async function pictures(page, name) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.jpg`), type: 'jpeg', quality: 70 });
    }
  }
  await page.setViewportSize(SIZES.desktop);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

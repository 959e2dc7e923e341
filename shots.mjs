import { chromium } from 'playwright-core';
import { startInstance } from './tests/support/instance.mjs';
import { answer } from '/tmp/w-w-fixtures.mjs';
const { instance, stop } = await startInstance();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const real = process.env.REAL;
const pages = (process.env.PAGES || 'overview choices visitor=abcdefghijklmnopqrstuv request requests requests/rr_7Hk2mQ requests/rr_9Zp4xA requests/rr_denied verify=abc sign-in=abc sign-in sent').split(' ');
const looks = (process.env.LOOKS || '1280-light 390-dark').split(' ');
const langs = (process.env.LANGS || 'en').split(' ');
try {
for (const look of looks) for (const lang of langs) {
  const [width, scheme] = look.split('-');
  const context = await browser.newContext({ viewport: { width: +width, height: 900 }, colorScheme: scheme, locale: lang });
  const page = await context.newPage();
  page.on('console', (m) => console.log(look, m.type(), m.text()));
  page.on('pageerror', (e) => console.log('ERR', e.stack));
  if (!real) await page.route('**/graphql', (route) => { const q = JSON.parse(route.request().postData()).query; route.fulfill({ json: { data: answer(q) } }); });
  for (const name of pages) {
    await page.goto(instance.at(`/privacy/demo-shop?lang=${lang}&region=DE${process.env.EXTRA || ''}#${name}`));
    await page.reload();
    await page.waitForLoadState('networkidle');
    if (name === 'sent') { await page.goto(instance.at(`/privacy/demo-shop?lang=${lang}#request`)); await page.waitForLoadState('networkidle'); await page.locator('input[value=ACCESS]').check(); await page.locator('#email').fill('ada@example.com'); await page.locator('button[type=submit]').click(); await page.waitForTimeout(300); }
    await page.screenshot({ path: `/tmp/w-w-shots/${look}-${lang}-${name.replace(/[^a-z0-9]/gi,'_')}.png`, fullPage: true });
  }
  await context.close();
}
} finally { await browser.close(); await stop(); }

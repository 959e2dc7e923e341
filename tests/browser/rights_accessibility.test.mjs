// axe finds nothing and nothing scrolls sideways on any screen of the centre: narrow and wide, light and dark, in every language;
// and the keyboard alone can do it all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openCentre } from '../support/centre.mjs';
import { Staff } from '../support/graphql.mjs';
import { newVisitor, record } from '../support/api.mjs';

const centre = await openCentre();
const staff = new Staff(centre.instance);

for (const lang of ['en', 'de', 'fr', 'es']) {
  test(`${lang}: the overview, the choices, the form and its problems, signing in`, async (t) => {
    const person = await centre.person(t, { lang });
    await person.open();
    await assertAccessible(person.page, `${lang} overview`);
    const visitor = newVisitor();
    await record(centre.instance, { visitor });
    await person.open(`visitor=${visitor}`);
    await person.page.locator('.answers').waitFor();
    await assertAccessible(person.page, `${lang} choices`);
    await person.open('request');
    await person.page.locator('input[type=checkbox]').check();
    await person.page.locator('button[type=submit]').click();
    await assertAccessible(person.page, `${lang} form with problems`);
    await person.open('sign-in');
    await assertAccessible(person.page, `${lang} sign in`);
  });

  test(`${lang}: a request from its confirmation to its refusal`, async (t) => {
    const person = await centre.person(t, { lang, region: 'US-VA' });
    await person.ask('DELETION', { message: 'A'.repeat(90) });
    await assertAccessible(person.page, `${lang} check your mail`);
    await person.follow(await person.mail('verify'));
    await assertAccessible(person.page, `${lang} confirmation`);
    await person.page.locator('main button').first().click();
    await person.page.waitForURL(/#requests\//);
    await person.shown();
    const id = new URL(person.page.url()).hash.split('/')[1];
    await staff.must('startRightsRequest', { id }, 'rightsRequest { status }');
    await staff.must('messageRightsRequest', { id, text: 'https://example.com/' + 'long'.repeat(30) }, 'rightsRequest { status }');
    await staff.must('denyRightsRequest', { id, reason: 'EXEMPTION', note: 'Because.' }, 'rightsRequest { status }');
    await person.again();
    await assertAccessible(person.page, `${lang} one request`);
    const texts = await person.page.locator('main').innerText();
    assert.doesNotMatch(texts, /\{\w+\}|\b[A-Z]+_[A-Z]+\b|undefined/, 'every text is there');
    await person.page.locator('.actions button.quiet').first().click();
    await assertAccessible(person.page, `${lang} the appeal`);
    await person.open('requests');
    await assertAccessible(person.page, `${lang} requests`);
  });
}

test('the keyboard alone files a request, and the focus is where one goes on', async (t) => {
  const person = await centre.person(t);
  await person.open();
  const { page } = person;
  const focused = () => page.evaluate(() => document.activeElement.labels?.[0]?.textContent.trim() || document.activeElement.textContent.trim());
  const tabTo = async (name) => {
    for (let presses = 0; presses < 60; presses++) {
      if ((await focused()).startsWith(name)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never reaches “${name}”`);
  };
  await tabTo('Skip to the content');
  await tabTo('Make a request');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#request$/);
  await page.waitForFunction(() => document.activeElement.localName === 'h1');
  await tabTo('See my data');
  await page.keyboard.press('Space');
  await tabTo('E-mail address');
  await page.keyboard.type(person.email);
  await page.keyboard.press('Enter');
  await page.waitForURL(/#sent$/);
  await page.waitForFunction(() => document.activeElement.localName === 'h1');
  assert.equal(await focused(), 'Check your mail');
  await page.goBack();
  await page.waitForFunction(() => document.activeElement.textContent === 'Make a request');
});

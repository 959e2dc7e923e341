// The transparency centre as a person uses it: a browser of its own on a network of its own.
import { newAddress, nextMail } from './mail.mjs';
import { newNetwork } from './rights.mjs';
import { openShop } from './visitor.mjs';

/** A browser and the run's instance. */
export async function openCentre() {
  const shop = await openShop();
  return { ...shop, person: (t, options) => Person.arrive(shop, t, options) };
}

/** Somebody at the centre. Whatever goes wrong in the page fails the test, as for every visitor. */
class Person {
  static async arrive(shop, t, { lang = 'en', region = 'DE', site = shop.instance.site, ...options } = {}) {
    const person = new Person();
    const headers = { ...options.extraHTTPHeaders, 'CF-Connecting-IP': newNetwork() };
    const visitor = await shop.visitor(t, { ...options, extraHTTPHeaders: headers });
    return Object.assign(person, { visitor, page: visitor.page, instance: shop.instance, lang, region, site, email: newAddress() });
  }

  /** The address of a screen. */
  at(fragment = '', more = '') {
    return this.instance.at(`/privacy/${this.site}?lang=${this.lang}&region=${this.region}${more}#${fragment}`);
  }

  /** Opens a screen as a page of its own. */
  async open(fragment, more) {
    await this.page.goto('about:blank');
    const response = await this.page.goto(this.at(fragment, more));
    await this.shown();
    return response;
  }

  /** Follows a link of a mail. */
  async follow(mail) {
    await this.page.goto('about:blank');
    await this.page.goto(mail.link.replace('#', `?lang=${this.lang}&region=${this.region}#`));
    await this.shown();
  }

  /** Waits until nothing on the screen is on its way any more. */
  async shown() {
    await this.page.locator('#centre h1').first().waitFor();
    await this.page.locator('#centre .waiting').first().waitFor({ state: 'detached' });
  }

  get heading() {
    return this.page.locator('main h1');
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  mail(kind, to = this.email) {
    return nextMail(this.instance, { to, kind });
  }

  /** Fills the form in and sends it. */
  async ask(kind, { message } = {}) {
    await this.open('request');
    await this.page.locator(`input[name=kind][value=${kind}]`).check();
    await this.page.locator('#email').fill(this.email);
    if (message) await this.page.locator('#message').fill(message);
    await this.page.locator('form button[type=submit]').click();
    await this.page.waitForURL(/#sent$/);
  }

  /** Asks, and confirms by the link; ends on the request's own screen. Resolves to its id. */
  async file(kind, more) {
    await this.ask(kind, more);
    await this.follow(await this.mail('verify'));
    await this.page.locator('main button').first().click();
    await this.page.waitForURL(/#requests\//);
    await this.shown();
    return new URL(this.page.url()).hash.split('/')[1];
  }

  /** Loads the screen again, to see what others have done. */
  async again() {
    await this.page.reload();
    await this.shown();
  }
}

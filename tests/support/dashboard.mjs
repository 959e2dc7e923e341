// The dashboard as staff use it: a browser of its own, signed in by the link of a mail.
import { nextMail } from './mail.mjs';
import { newMember } from './members.mjs';
import { newNetwork } from './rights.mjs';
import { newOwner } from './staff.mjs';
import { openShop } from './visitor.mjs';

/** A browser and the run's instance. */
export async function openDashboard() {
  const shop = await openShop();
  return { ...shop, desk: (t, options) => Desk.arrive(shop, t, options) };
}

/** Somebody of a role at the dashboard; of a controller of their own where none is given. */
class Desk {
  static async arrive(shop, t, { role = 'owner', owner = newOwner(shop.instance), ...options } = {}) {
    const desk = new Desk();
    const visitor = await shop.visitor(t, { ...options, extraHTTPHeaders: { 'CF-Connecting-IP': newNetwork() } });
    const member = await newMember(shop.instance, { role, owner });
    return Object.assign(desk, { visitor, page: visitor.page, instance: shop.instance, member, owner });
  }

  /** Opens a page by its path, as whoever is signed in. */
  async open(path = '') {
    await this.page.goto(this.instance.at(`/dashboard${path}`));
    await this.shown();
  }

  /** Asks for a link on the page, and follows it. */
  async signIn(path = '') {
    await this.open(path);
    await this.page.getByLabel('E-mail address').fill(this.member.email);
    await this.button('Send the link').click();
    await this.page.getByText('Look into your mail').waitFor();
    const { link } = await nextMail(this.instance, { to: this.member.email, kind: 'staff_sign_in' });
    await this.page.goto('about:blank');
    await this.page.goto(link);
    await this.page.getByRole('navigation', { name: 'Dashboard' }).waitFor();
    await this.shown();
    return link;
  }

  /** Waits until nothing on the page is on its way any more. */
  async shown() {
    await this.page.locator('#dashboard h1').first().waitFor();
    await this.page.locator('#dashboard .waiting').first().waitFor({ state: 'detached' });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Follows the navigation. */
  async go(name) {
    await this.page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
    await this.shown();
  }

  get heading() {
    return this.page.locator('main h1');
  }
}

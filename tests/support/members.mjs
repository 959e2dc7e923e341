// Members of staff: people who sign in by the link in a mail, and go on with a session's cookie.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Staff, post } from './graphql.mjs';
import { newAddress, nextMail } from './mail.mjs';
import { newOwner } from './staff.mjs';

const COOKIE = '__Host-nod-staff';

/** The API as a person who signed in sees it. Each comes from a network of its own, lest the limit of links ends a test. */
export class Member extends Staff {
  cookie = null;
  network = `2001:db8:${[...randomBytes(6)].map((byte) => byte.toString(16)).join(':')}`;

  constructor(instance, email = newAddress('staff')) {
    super(instance, null);
    this.email = email;
  }

  get headers() {
    return { 'CF-Connecting-IP': this.network, 'Sec-Fetch-Site': 'same-origin', ...(this.cookie && { Cookie: `${COOKIE}=${this.cookie}` }) };
  }

  async answer(query, variables = {}, headers = this.headers) {
    const response = await post(this.instance, { query, variables }, { headers });
    const [set] = response.headers.getSetCookie().filter((cookie) => cookie.startsWith(`${COOKIE}=`));
    if (set) {
      assert.match(set, /; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/);
      this.cookie = /=([^;]*)/.exec(set)[1] || null;
    }
    return response.json();
  }

  /** Asks for a link, and gives the mail. */
  async link() {
    await this.must('requestStaffSignInLink', { email: this.email }, 'accepted');
    return nextMail(this.instance, { to: this.email, kind: 'staff_sign_in' });
  }

  /** Comes in by a link; one that is asked for, unless it is given. Gives who it is. */
  async signIn(token) {
    token ??= (await this.link()).token;
    return (await this.must('staffSignIn', { token }, 'me { kind role token staff { id email name role } controller { id } }')).me;
  }
}

/** Somebody of a role who has signed in, of a controller; of one of their own where none is given. */
export async function newMember(instance, { role = 'owner', owner = newOwner(instance), name = `Some ${role}` } = {}) {
  const member = new Member(instance);
  const { staffMember } = await owner.must('addStaff', { email: member.email, name, role: role.toUpperCase() }, 'staffMember { id }');
  const { token } = await nextMail(instance, { to: member.email, kind: 'staff_invited' });
  await member.signIn(token);
  return Object.assign(member, { id: staffMember.id, owner });
}

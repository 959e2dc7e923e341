// A team at Cloudflare Access: it publishes its keys, as Access does, and signs the tokens that Access puts on each call.
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);

/** A key pair with its id. */
function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(32).toString('hex');
  return { kid, privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } };
}

export class Team {
  application = randomBytes(32).toString('hex');
  keys = [newKey()];
  isUp = true;
  asked = 0;

  /** A team that answers at `url` until it is closed. */
  static async open() {
    const team = new Team();
    team.server = createServer((request, response) => {
      if (request.url !== '/cdn-cgi/access/certs') return response.writeHead(404).end();
      team.asked += 1;
      if (!team.isUp) return response.writeHead(500).end();
      const pem = ({ kid, publicKey }) => ({ kid, cert: publicKey.export({ type: 'spki', format: 'pem' }) });
      const document = { keys: team.keys.map(({ jwk }) => jwk), public_cert: pem(team.keys[0]), public_certs: team.keys.map(pem) };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(document));
    });
    await new Promise((resolve) => team.server.listen(0, '127.0.0.1', resolve));
    team.url = `http://127.0.0.1:${team.server.address().port}`;
    return team;
  }

  close() {
    this.server.close();
  }

  /** What the Worker is told of it. */
  get settings() {
    return { NOD_ACCESS_TEAM: this.url, NOD_ACCESS_APPLICATION: this.application };
  }

  /** A new key takes the place of the newest; the one before it holds for a while. */
  rotate() {
    this.keys = [newKey(), this.keys[0]];
  }

  /** The token of somebody who has passed. `claims` and `header` change what it says, `key` who signs it. */
  token(email, { claims = {}, header = {}, key = this.keys[0] } = {}) {
    const now = seconds();
    const all = {
      ...{ aud: [this.application], email, exp: now + 24 * 3600, iat: now, nbf: now, iss: this.url, type: 'app' },
      ...{ identity_nonce: randomBytes(12).toString('base64'), sub: randomBytes(16).toString('hex'), country: 'DE', ...claims },
    };
    const signed = `${part({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header })}.${part(all)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key.privateKey).toString('base64url')}`;
  }
}

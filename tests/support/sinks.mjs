// Sinks: servers that speak the destinations' protocols as their vendors document them, and keep what they get. Each checks
// what a vendor would check, or would drop in silence; what is wrong is listed in `complaints`, and no test may leave any.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { Staff } from './graphql.mjs';

const DAY = 24 * 60 * 60 * 1000;

/**
 * A sink of a kind (`ga4`, `meta`, `webhook`) for a test, which is reached at `sink.url` and configured by `sink.settings`.
 * It knows the secret of the destination once `connect` has been called.
 */
export async function startSink(t, kind) {
  const sink = new KINDS[kind](kind);
  await sink.start();
  t.after(() => sink.stop());
  return sink;
}

/** Gives a destination the secret that its sink expects; a webhook's is made by Nod. `options` as `setDestinationSecret` takes. */
export async function connect(instance, site, destination, sink, options = {}) {
  const given = sink.kind === 'webhook' ? {} : { secret: (sink.secret = randomBytes(12).toString('hex')) };
  const answer = await new Staff(instance).must('setDestinationSecret', { site, destination, ...given, ...options }, 'secret');
  if (sink.kind === 'webhook') sink.secret = answer.secret;
}

/** Answers that are no success. A number is a status; `hang up` is no answer at all; `hold` is one that waits for `release`. */
class Sink {
  /** The events that it took, each once, in the order of their arrival: {id, name, props, …} */
  events = [];
  /** Events that came again, in the order of their arrival. A vendor that knows them again counts them once. */
  repeated = [];
  /** The requests that it took: {body, headers, url} */
  requests = [];
  /** What was wrong with requests. */
  complaints = [];
  /** How many calls it turned away. */
  refused = 0;
  secret = null;

  #server = createServer((request, response) => void this.#answer(request, response));
  #mood = null;
  #held = [];
  #ids = new Set();

  constructor(kind) {
    this.kind = kind;
  }

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.release();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** From now on every call is answered with this status, and perhaps headers and a body. */
  fail(status = 503, { headers = {}, body = '' } = {}) {
    this.#mood = (response) => response.writeHead(status, headers).end(body);
  }

  /** From now on every call is cut off: the sink is down. */
  hangUp() {
    this.#mood = (response) => response.destroy();
  }

  /** From now on calls are taken, and answered when the sink is told to `release` them. */
  hold() {
    this.#held = [];
    this.#mood = 'hold';
  }

  /** How many calls wait for an answer. */
  get held() {
    return this.#held.length;
  }

  /** Answers what was held, and is well again. */
  release() {
    this.#mood = null;
    for (const answer of this.#held.splice(0)) answer();
  }

  /** It is well again. */
  recover() {
    this.release();
  }

  /** The ids of the events that it took, in the order of their arrival. */
  get ids() {
    return this.events.map(({ id }) => id);
  }

  async #answer(request, response) {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (typeof this.#mood === 'function') {
      this.refused += 1;
      return this.#mood(response);
    }
    const [status, text] = this.#read({ method: request.method, url: new URL(request.url, this.origin), headers: request.headers, body });
    if (status >= 300) this.refused += 1;
    const answer = () => response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
    if (this.#mood === 'hold') this.#held.push(answer);
    else answer();
  }

  #read(call) {
    try {
      assert.equal(call.method, 'POST');
      assert.match(call.headers['content-type'], /^application\/json/);
      const { events, answer = [204, ''] } = this.take(call, call.body && JSON.parse(call.body));
      this.requests.push(call);
      for (const event of events) {
        assert.ok(event.id, `an event without an id: ${JSON.stringify(event)}`);
        (this.#ids.has(event.id) ? this.repeated : this.events).push(event);
        this.#ids.add(event.id);
      }
      return answer;
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      this.complaints.push(error.message);
      return [400, ''];
    }
  }
}

/** What a vendor answers to something that it would not have. */
class Refusal extends Error {
  constructor(status, body = '') {
    super(`refused with ${status}`);
    this.answer = [status, body && JSON.stringify(body)];
  }
}

const isPlain = (value) => typeof value === 'string' || typeof value === 'number';

/** developers.google.com/analytics/devguides/collection/protocol/ga4/reference: it answers 204, whatever it thinks of it. */
class Ga4 extends Sink {
  stream = 'G-NODTESTS1';

  get url() {
    return `${this.origin}/mp/collect`;
  }

  get settings() {
    return { measurement_id: this.stream, endpoint: this.url };
  }

  take({ url, body: text }, body) {
    assert.equal(url.pathname, '/mp/collect');
    assert.equal(url.searchParams.get('measurement_id'), this.stream);
    assert.equal(url.searchParams.get('api_secret'), this.secret);
    assert.ok(text.length <= 130_000, 'the body is too large');
    assert.match(body.client_id, /^\d+\.\d+$/);
    for (const use of ['ad_user_data', 'ad_personalization']) assert.match(body.consent[use], /^(GRANTED|DENIED)$/);
    assert.ok(body.events.length >= 1 && body.events.length <= 25, `${body.events.length} events`);
    return { events: body.events.map((event) => ({ ...this.read(event), client: body.client_id, consent: body.consent, userData: body.user_data })) };
  }

  read({ name, params, timestamp_micros: at }) {
    assert.match(name, /^[A-Za-z][A-Za-z0-9_]{0,39}$/);
    const age = Date.now() - at / 1000;
    assert.ok(age >= -5000 && age <= 3 * DAY, `an event of ${age / 1000} s ago`);
    assert.ok(Object.keys(params).length <= 25, 'more than 25 parameters');
    for (const [key, value] of Object.entries(params)) {
      assert.match(key, /^[A-Za-z][A-Za-z0-9_]{0,39}$/);
      assert.ok(key === 'items' || isPlain(value), `${key} is ${JSON.stringify(value)}`);
      if (!key.startsWith('page_') && typeof value === 'string') assert.ok(value.length <= 100, `${key} is too long`);
    }
    assert.match(params.session_id, /^\d+$/);
    return { id: params.event_id, name, at: at / 1000, props: params };
  }
}

/** developers.facebook.com/docs/marketing-api/conversions-api: one event that is wrong, and none is taken. */
class Meta extends Sink {
  pixel = '123456789012345';

  get url() {
    return `${this.origin}/v26.0`;
  }

  get settings() {
    return { pixel: this.pixel, endpoint: this.url };
  }

  take({ url, headers }, body) {
    assert.equal(url.pathname, `/v26.0/${this.pixel}/events`);
    assert.equal(url.search, '', 'the token is in the body');
    if (body.access_token !== this.secret) throw new Refusal(400, { error: { message: 'Invalid OAuth access token.', type: 'OAuthException', code: 190 } });
    assert.ok(body.data.length >= 1 && body.data.length <= 1000);
    const events = body.data.map((event) => this.read(event));
    assert.ok(!Object.keys(headers).some((name) => name.includes('forwarded')), 'nothing tells of the address');
    return { events, answer: [200, JSON.stringify({ events_received: events.length, messages: [], fbtrace_id: 'A1' })] };
  }

  read({ event_name: name, event_time: at, event_id: id, action_source: source, event_source_url: url, user_data: user, custom_data: props = {} }) {
    assert.ok(name);
    assert.ok(Number.isInteger(at) && at * 1000 <= Date.now() + 5000 && at * 1000 >= Date.now() - 7 * DAY, `an event of ${at}`);
    assert.equal(source, 'website');
    assert.match(url, /^https?:\/\/[^?#]+$/);
    assert.ok(user.client_user_agent, 'events of a website need the name of the browser');
    assert.equal(user.client_ip_address, undefined);
    for (const hash of [user.em, user.ph, user.external_id].flat().filter(Boolean)) assert.match(hash, /^[0-9a-f]{64}$/);
    return { id, name, at: at * 1000, props, user };
  }
}

/** Standard Webhooks, verified by its own library. */
class StandardWebhook extends Sink {
  /** The ids of deliveries that came again. */
  again = [];
  #deliveries = new Set();

  get url() {
    return `${this.origin}/nod`;
  }

  get settings() {
    return { url: this.url };
  }

  take({ url, headers, body: text }) {
    assert.equal(url.pathname, '/nod');
    let body;
    try {
      body = new Webhook(this.secret).verify(text, headers);
    } catch {
      throw new Refusal(401);
    }
    assert.equal(body.type, 'events.recorded');
    assert.ok(Math.abs(Date.now() - Date.parse(body.timestamp)) < DAY);
    const id = headers['webhook-id'];
    if (this.#deliveries.has(id)) {
      this.again.push(id);
      return { events: [] }; // whoever keeps ids takes a delivery once
    }
    this.#deliveries.add(id);
    const { events, ...common } = body.data;
    return { events: events.map((event) => ({ ...event, at: Date.parse(event.at), delivery: id, ...common })) };
  }
}

const KINDS = { ga4: Ga4, meta: Meta, webhook: StandardWebhook };

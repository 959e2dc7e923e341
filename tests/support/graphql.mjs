// The GraphQL API as staff use it: a client of one token.
import assert from 'node:assert/strict';

/** Everything that the API tells of a data subject. */
export const SUBJECT = `id isPartial
  identities { id kind pseudonym firstSeenAt lastSeenAt }
  platforms { connection { id source } firstSeenAt lastSeenAt classes }
  consents { channel purpose granted decidedAt recordedAt weak isStanding evidence connection { id } }
  requests { id kind status externalReference receivedAt dueAt }
  changes { id at kind cause before after reasons undoneBy }
  withheld { reason identities observedAt }
  visitors { id site firstSeenAt }`;
export const DELIVERY = 'id event status reason receivedAt happenedAt classes proof bytes repeats body isReplayable connection { id }';
export const CONNECTION = `id source scheme label createdAt disabledAt isWeak shop mapping { __typename } secretRotatesUntil
  lastDeliveryAt refusedCount lastRefusedAt lastRefusedBecause`;

/** POST /graphql with any body and headers; resolves to the response. */
export function post(instance, body, { token, headers = {} } = {}) {
  return fetch(instance.at('/graphql'), {
    method: 'POST',
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
}

/** The API with one token; the demo owner's unless another is given. `null` is nobody's. */
export class Staff {
  constructor(instance, token = instance.staffToken) {
    this.instance = instance;
    this.token = token;
  }

  /** Asks, and resolves to the whole answer: {data, errors}. */
  async answer(query, variables = {}) {
    const response = await post(this.instance, { query, variables }, { token: this.token });
    const text = await response.text();
    assert.match(response.headers.get('content-type') ?? '', /^application\/(graphql-response\+)?json/, `${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** Asks what must be answered without an error; resolves to the data. */
  async ask(query, variables) {
    const { data, errors } = await this.answer(query, variables);
    assert.equal(errors, undefined, `the API answered with errors: ${JSON.stringify(errors)}\n${query}`);
    return data;
  }

  /** One mutation with its input; resolves to its payload, with userErrors. */
  async change(name, input, fields = '') {
    const type = name[0].toUpperCase() + name.slice(1);
    const query = `mutation($input: ${type}Input!) { it: ${name}(input: $input) { ${fields} userErrors { field message code } } }`;
    return (await this.ask(query, { input })).it;
  }

  /** A mutation that must succeed; resolves to its payload. */
  async must(name, input, fields) {
    const { userErrors, ...payload } = await this.change(name, input, fields);
    assert.deepEqual(userErrors, [], `${name} was refused`);
    return payload;
  }

  /** A mutation that must be refused with a sentence for people; resolves to the first of the errors. */
  async mustNot(name, input, fields) {
    const { userErrors } = await this.change(name, input, fields);
    assert.ok(userErrors.length, `${name} was done with ${JSON.stringify(input)}`);
    for (const { message, code } of userErrors) {
      assert.match(message, /\S+ \S+/, 'the message is a sentence that a person can act on');
      assert.match(code, /^[A-Z][A-Z_]+$/);
    }
    return userErrors[0];
  }

  /** The code of the error that an operation is refused with as a whole. */
  async refusal(query, variables) {
    const { errors } = await this.answer(query, variables);
    assert.ok(errors?.length, `this was answered: ${query}`);
    return errors[0].extensions?.code;
  }

  /** The data subject of an identifier: {kind, value, connection}, or of an id; null where there is none. */
  async subject(by) {
    const query = `query($id: ID, $identifier: IdentifierInput) { it: dataSubject(id: $id, identifier: $identifier) { ${SUBJECT} } }`;
    return (await this.ask(query, typeof by === 'string' ? { id: by } : { identifier: by })).it;
  }

  byEmail = (value) => this.subject({ kind: 'EMAIL', value });
  byPhone = (value) => this.subject({ kind: 'PHONE', value });
  byCustomer = (connection, value) => this.subject({ kind: 'CUSTOMER_ID', value: String(value), connection });

  /** Whether staff are told that a text can name nobody. */
  async unreadable(identifier) {
    const query = 'query($identifier: IdentifierInput) { dataSubject(identifier: $identifier) { id } }';
    return (await this.refusal(query, { identifier })) === 'UNREADABLE_IDENTIFIER';
  }

  /** Every node of a list, page by page, so that no page is forgotten. */
  async all(field, fields, filter, type) {
    const nodes = [];
    let after = null;
    do {
      const declared = filter ? `, $filter: ${type}` : '';
      const query = `query($after: String${declared}) {
        it: ${field}(first: 50, after: $after${filter ? ', filter: $filter' : ''}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
      const { it } = await this.ask(query, { after, ...(filter && { filter }) });
      nodes.push(...it.nodes);
      after = it.pageInfo.hasNextPage ? it.pageInfo.endCursor : null;
    } while (after);
    return nodes;
  }

  connections = () => this.all('connections', CONNECTION);
  deliveries = (filter) => this.all('deliveries', DELIVERY, filter, 'DeliveryFilter');
  journal = (filter) => this.all('journal', 'seq action object at', filter, 'JournalFilter');

  async connection(id) {
    return (await this.connections()).find((one) => one.id === id);
  }

  async delivery(id) {
    return (await this.deliveries()).find((one) => one.id === id);
  }
}

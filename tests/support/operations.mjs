// Every question and change of the API, with arguments that fit their types: made from the schema, so that none is forgotten.

const TYPE = `kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;
const INTROSPECTION = `{ __schema { types { kind name enumValues { name } inputFields { name type { ${TYPE} } } fields { name description
  type { ${TYPE} } args { name type { ${TYPE} } defaultValue } } } } }`;

/** What the last sentence says: the least role, or `anyone`, and whether the data subject may as well. */
function access(description) {
  const about = description.replaceAll('\n', ' ');
  const staff = /[Ff]or (viewer|reviewer|owner)s\.$/.exec(about);
  const least = staff ? staff[1] : /For anyone\b[^.]*\.$/.test(about) ? 'anyone' : null;
  return { about, least, isForSubject: /For its data subject, and for/.test(about) };
}

/** {name, least, isForSubject, about, query, variables} of each. Nothing that the arguments name is there. */
export async function operations(staff) {
  const { types } = (await staff.ask(INTROSPECTION)).__schema;
  const byName = new Map(types.map((type) => [type.name, type]));
  const named = (type) => (type.ofType ? named(type.ofType) : type.name);
  const written = (type) => (type.kind === 'NON_NULL' ? `${written(type.ofType)}!` : type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name);

  /** A value of a type: as little as it may be. */
  const value = (type, name) => {
    if (type.kind === 'NON_NULL') return value(type.ofType, name);
    if (type.kind === 'LIST') return [value(type.ofType, name)];
    const { kind, enumValues, inputFields } = byName.get(type.name);
    if (kind === 'ENUM') return enumValues[0].name;
    if (kind === 'INPUT_OBJECT') return members(inputFields);
    if (type.name === 'DateTime') return name === 'to' ? '2026-01-02T00:00:00Z' : '2026-01-01T00:00:00Z';
    if (type.name === 'Boolean') return false;
    if (type.name === 'Int' || type.name === 'Float') return 1;
    if (type.name === 'JSON') return {};
    return /email/i.test(name) ? 'nobody@people.example' : 'none';
  };
  const members = (list) => Object.fromEntries(list.filter(({ type }) => type.kind === 'NON_NULL').map(({ name, type }) => [name, value(type, name)]));

  /** Some field of what is answered; those of a page, of its items. */
  const selection = (type) => {
    const { kind, fields } = byName.get(named(type));
    if (kind !== 'OBJECT') return '';
    const leaf = fields.find(({ type, args }) => !args.length && byName.get(named(type)).kind !== 'OBJECT');
    return leaf ? ` { ${leaf.name} }` : ` { __typename }`;
  };

  const operation = (kind) => ({ name, description, type, args }) => {
    const given = args.filter(({ type, defaultValue }) => type.kind === 'NON_NULL' && defaultValue === null);
    const declared = given.map(({ name, type }) => `$${name}: ${written(type)}`).join(', ');
    const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
    const query = `${kind}${declared && `(${declared})`} { ${name}${passed && `(${passed})`}${selection(type)} }`;
    const variables = Object.fromEntries(given.map(({ name, type }) => [name, value(type, name)]));
    return { name, kind, ...access(description), query, variables };
  };
  return [...byName.get('Query').fields.map(operation('query')), ...byName.get('Mutation').fields.map(operation('mutation'))];
}

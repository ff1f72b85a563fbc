// Makes tokens, good ones and bad ones, and asks socketcluster-server what it answers to each:
//   npm install && node tokens.cjs > ../resources/io/socketcluster/server/token-vectors.json
const crypto = require('crypto');
const http = require('http');
const ag = require('socketcluster-server');
const cli = require('socketcluster-client');
const jwt = require('jsonwebtoken');

const SECRET = 'a-key-of-thirty-two-bytes-or-more!';
const FAR = 4102444800; // 2100-01-01
const CLAIMS = {username: 'bob', iat: 1700000000, exp: FAR};

const rsa = crypto.generateKeyPairSync('rsa', {modulusLength: 2048});
const ec = crypto.generateKeyPairSync('ec', {namedCurve: 'P-256'});
const otherEc = crypto.generateKeyPairSync('ec', {namedCurve: 'P-256'});
const ed = crypto.generateKeyPairSync('ed25519');

const publicPem = ({publicKey}) => publicKey.export({type: 'spki', format: 'pem'});
const privatePem = ({privateKey}) => privateKey.export({type: 'pkcs8', format: 'pem'});
const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function hmac(header, claims, secret = SECRET, hash = 'sha256') {
  const content = `${encoded(header)}.${encoded(claims)}`;
  return `${content}.${crypto.createHmac(hash, secret).update(content).digest('base64url')}`;
}

function signed(header, claims, {privateKey}) {
  const content = `${encoded(header)}.${encoded(claims)}`;
  const {alg} = typeof header === 'string' ? JSON.parse(header) : header;
  const hash = alg === 'EdDSA' ? null : 'sha256';
  const signature = crypto.sign(hash, Buffer.from(content), {key: privateKey, dsaEncoding: 'ieee-p1363'});
  return `${content}.${signature.toString('base64url')}`;
}

/** The same token with another of its three parts. */
function replaced(token, index, part) {
  const parts = token.split('.');
  parts[index] = part;
  return parts.join('.');
}

/** The same token with the padding of base64 behind one of its parts. */
function padded(token, index) {
  return replaced(token, index, `${token.split('.')[index]}==`);
}

/** What every server is asked; sign(header, claims) signs with its key. */
function common(alg, sign) {
  const withHeader = (more) => sign({alg, typ: 'JWT', ...more}, CLAIMS);
  const withClaims = (more) => sign({alg, typ: 'JWT'}, {...CLAIMS, ...more});
  const good = withHeader({});
  const withAlg = (header) => replaced(replaced(good, 0, encoded(header)), 2, 'AAAA');
  return {
    good,
    'good without typ': sign({alg}, CLAIMS),
    'with kid': withHeader({kid: 'x'}),
    jku: withHeader({jku: 'https://evil.example/keys'}),
    x5u: withHeader({x5u: 'https://evil.example/cert'}),
    crit: withHeader({crit: ['x'], x: 1}),
    expired: withClaims({exp: 1700000600}),
    'expired with a fraction': withClaims({exp: 1700000600.25}),
    'not active': withClaims({nbf: FAR}),
    'exp is text': withClaims({exp: 'tomorrow'}),
    'nbf is text': withClaims({nbf: 'tomorrow'}),
    'exp with a fraction': withClaims({exp: FAR + 0.5}),
    'exp beyond a Date': withClaims({exp: 1e300}),
    'exp is negative': withClaims({exp: -1}),
    'exp is null': withClaims({exp: null}),
    'exp is true': withClaims({exp: true}),
    'nbf with a fraction': withClaims({nbf: 1700000000.75}),
    'nbf is null': withClaims({nbf: null}),
    'iat is text': withClaims({iat: 'yesterday'}),
    'iat is to come': withClaims({iat: FAR}),
    'iat is null': withClaims({iat: null}),
    'without iat and exp': sign({alg, typ: 'JWT'}, {username: 'bob'}),
    'without claims': sign({alg, typ: 'JWT'}, {}),
    'registered claims of other types': withClaims({iss: 5, sub: [], aud: {a: 1}, jti: false}),
    'claims beyond ASCII': withClaims({name: 'b\u00f6b \ud83d\ude00', nested: {list: [1, null, {a: 1.5e10}]}}),
    'typ of an access token': withHeader({typ: 'at+jwt'}),
    'typ is a number': withHeader({typ: 5}),
    'cty of a nested token': withHeader({cty: 'JWT'}),
    'b64 without crit': withHeader({b64: false}),
    'header with spaces': sign(`{ "typ" : "JWT" , "alg" : "${alg}" }`, CLAIMS),
    'claims with spaces': sign({alg, typ: 'JWT'}, `\n{ "username" : "bob" , "exp" : ${FAR} }\n`),
    'payload padded': padded(good, 1),
    'header padded': padded(good, 0),
    'alphabet of base64, not base64url': good.replace(/[-_]/g, (c) => (c === '-' ? '+' : '/')).replace(/.$/, '+'),
    'line break behind': `${good}\n`,
    'Bearer before': `Bearer ${good}`,
    'payload is no JSON': sign({alg, typ: 'JWT'}, 'hello'),
    'payload is a list': sign({alg, typ: 'JWT'}, '[1]'),
    'alg none, unsigned': `${encoded({alg: 'none', typ: 'JWT'})}.${encoded(CLAIMS)}.`,
    'alg none, signed': replaced(good, 0, encoded({alg: 'none', typ: 'JWT'})),
    'alg None': withAlg({alg: 'None', typ: 'JWT'}),
    'alg missing': withAlg({typ: 'JWT'}),
    'alg is a number': withAlg({alg: 5, typ: 'JWT'}),
    'signature cut': good.slice(0, -8),
    'payload changed': replaced(good, 1, encoded({...CLAIMS, username: 'eve'})),
    'two parts': 'a.b',
    'four parts': 'a.b.c.d',
    'one part': 'text',
    'three parts of nothing': 'a.b.c',
    dots: '..',
    empty: '',
    padding: `${good}=`,
    'space before': ` ${good}`,
    null: null,
    'a number': 7,
    'an object': {},
    true: true,
  };
}

const pairOptions = (authAlgorithm, pair) => ({
  authPrivateKey: privatePem(pair),
  authPublicKey: publicPem(pair),
  authAlgorithm,
});
const HS256 = {alg: 'HS256', typ: 'JWT'};
const ES256 = {alg: 'ES256', typ: 'JWT'};

const servers = {
  HS256: {
    options: {authKey: SECRET, authAlgorithm: 'HS256'},
    tokens: {
      ...common('HS256', hmac),
      'HS384 with the same key': hmac({alg: 'HS384', typ: 'JWT'}, CLAIMS, SECRET, 'sha384'),
      'another key': hmac(HS256, CLAIMS, 'x'.repeat(40)),
      'signed with RS256': jwt.sign(CLAIMS, rsa.privateKey, {algorithm: 'RS256'}),
    },
  },
  RS256: {
    options: pairOptions('RS256', rsa),
    tokens: {
      ...common('RS256', (header, claims) => signed(header, claims, rsa)),
      'HS256 signed with the public key': hmac(HS256, CLAIMS, publicPem(rsa)),
      'embedded jwk': signed({alg: 'RS256', jwk: rsa.publicKey.export({format: 'jwk'})}, CLAIMS, rsa),
      PS256: jwt.sign(CLAIMS, rsa.privateKey, {algorithm: 'PS256'}),
      RS512: jwt.sign(CLAIMS, rsa.privateKey, {algorithm: 'RS512'}),
    },
  },
  ES256: {
    options: pairOptions('ES256', ec),
    tokens: {
      ...common('ES256', (header, claims) => signed(header, claims, ec)),
      'HS256 signed with the public key': hmac(HS256, CLAIMS, publicPem(ec)),
      'signature of zeros': replaced(signed(ES256, CLAIMS, ec), 2, Buffer.alloc(64).toString('base64url')),
      'another key': signed(ES256, CLAIMS, otherEc),
      'another key, brought as jwk': signed(
        {...ES256, jwk: otherEc.publicKey.export({format: 'jwk'})},
        CLAIMS,
        otherEc,
      ),
    },
  },
  EdDSA: {
    options: pairOptions('EdDSA', ed),
    tokens: common('EdDSA', (header, claims) => signed(header, claims, ed)),
  },
};

function meaning({name, message, expiry, date}) {
  return `${name}: ${message}` + [expiry, date].filter((each) => each !== undefined).map((each) => ` ${each}`).join('');
}

const noStore = {saveToken: async () => {}, removeToken: async () => null, loadToken: async () => null};

async function swallow(stream) {
  for await (const ignored of stream);
}

async function answer(port, token) {
  const client = cli.create({hostname: '127.0.0.1', port, authEngine: noStore, autoReconnect: false});
  swallow(client.listener('error'));
  await client.listener('connect').once();
  try {
    const {authError} = await client.invoke('#authenticate', token);
    return authError ? meaning(authError) : 'authenticated';
  } catch (error) {
    return meaning(error);
  } finally {
    client.disconnect();
  }
}

async function ask({options, tokens}) {
  const server = http.createServer();
  const agServer = ag.attach(server, {...options});
  swallow(agServer.listener('warning'));
  await new Promise((resolve) => server.listen(0, resolve));
  const rows = [];
  for (const [kind, token] of Object.entries(tokens)) {
    rows.push({kind, answer: await answer(server.address().port, token), token});
  }
  await agServer.close();
  server.close();
  return {options, rows};
}

async function main() {
  const vectors = {};
  for (const [algorithm, server] of Object.entries(servers)) {
    if (algorithm !== 'EdDSA') vectors[algorithm] = await ask(server);
  }
  // It does not know EdDSA; what it says of ES256 is what it would say.
  const answers = Object.fromEntries(vectors.ES256.rows.map(({kind, answer}) => [kind, answer]));
  const {options, tokens} = servers.EdDSA;
  const rows = Object.entries(tokens).map(([kind, token]) => ({kind, answer: answers[kind], token}));
  vectors.EdDSA = {options, rows};
  process.stdout.write(`${JSON.stringify(vectors, null, 1)}\n`, () => process.exit(0));
}

main();

import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {assertRejected, errorOf, logIn, memoryAuthEngine, newClient, once, roundTrip} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = 'a bad token is a soft error: connected, not authenticated, token removed';

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(header, claims, key) {
  const content = `${base64(header)}.${base64(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

const CLAIMS = {username: 'mallory', exp: Math.floor(Date.now() / 1000) + 3600};

// With the reference's messages: clients show them and some compare them.
const BAD_TOKENS = {
  'another key': [signed({alg: 'HS256', typ: 'JWT'}, CLAIMS, 'not the key of the server'), 'invalid signature'],
  'no signature': [`${base64({alg: 'none', typ: 'JWT'})}.${base64(CLAIMS)}.`, 'jwt signature is required'],
  'no token': ['this is no token', 'jwt malformed'],
  'three parts of nothing': ['a.b.c', 'invalid token'],
};

async function connectWith(port, token, message) {
  const authEngine = memoryAuthEngine();
  const authTokenName = 'bad-token-test';
  await authEngine.saveToken(authTokenName, token);
  const client = newClient(port, {authEngine, authTokenName});
  const removed = once(client, 'removeAuthToken');
  const connect = await once(client, 'connect');
  assert.equal(connect.isAuthenticated, false);
  assert.equal(connect.authError?.name, 'AuthTokenInvalidError', String(connect.authError));
  assert.equal(connect.authError.isBadToken, true);
  assert.equal(connect.authError.message, message);
  assert.equal((await removed).oldAuthToken, token);
  assert.equal(await authEngine.loadToken(authTokenName), null);
  assert.equal(client.authState, client.UNAUTHENTICATED);
  await roundTrip(client);
  await assertRejected(client.invokePublish('private/x', 1), 'ForbiddenError', 'publishing');
  return client;
}

async function authenticateWith(client, token, message) {
  await logIn(client, 'honest');
  const deauthenticated = once(client, 'deauthenticate');
  const removed = once(client, 'removeAuthToken');
  const error = await errorOf(client.authenticate(token), 'authenticate() with a bad token');
  assert.equal(error.name, 'AuthTokenInvalidError', String(error));
  assert.equal(error.isBadToken, true);
  assert.equal(error.message, message);
  await Promise.all([deauthenticated, removed]);
  await eventually(() => client.authState === client.UNAUTHENTICATED, 'the client is logged out');
  await assertRejected(client.invokePublish('private/x', 1), 'ForbiddenError', 'publishing');
  assert.equal(client.state, client.OPEN);
}

export async function run({port}) {
  for (const [kind, [token, message]] of Object.entries(BAD_TOKENS)) {
    try {
      const client = await connectWith(port, token, message);
      await authenticateWith(client, token, message);
    } catch (error) {
      throw new Error(`with ${kind}: ${error.message}`, {cause: error});
    }
  }
  return `${Object.keys(BAD_TOKENS).length} bad tokens`;
}

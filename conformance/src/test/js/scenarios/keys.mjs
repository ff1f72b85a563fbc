import assert from 'node:assert/strict';
import {connectedClient, logIn, memoryAuthEngine, newClient, once} from '../lib/clients.mjs';

export const description = 'a server with a key pair: needs --alg; login, private channel, token at a handshake, forged token';

const headerOf = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));

async function connectWith(port, token) {
  const authEngine = memoryAuthEngine();
  const authTokenName = 'keys';
  await authEngine.saveToken(authTokenName, token);
  const client = newClient(port, {authEngine, authTokenName});
  return once(client, 'connect');
}

export async function run({port, options: {alg}}) {
  const client = await connectedClient(port);
  await logIn(client, 'ada');
  assert.equal(client.authToken.username, 'ada');
  assert.equal(headerOf(client.signedAuthToken).alg, alg);
  await client.invokePublish('private/keys', 'allowed');

  const token = client.signedAuthToken;
  assert.equal((await connectWith(port, token)).isAuthenticated, true);
  assert.equal((await client.authenticate(token)).isAuthenticated, true);

  const [header, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({username: 'eve', exp: 4102444800})).toString('base64url');
  const forged = await connectWith(port, `${header}.${claims}.${signature}`);
  assert.equal(forged.isAuthenticated, false);
  assert.equal(forged.authError.name, 'AuthTokenInvalidError');
  assert.equal(forged.authError.message, 'invalid signature');
  return `logged in with ${alg}`;
}

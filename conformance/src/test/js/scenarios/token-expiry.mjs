import assert from 'node:assert/strict';
import {assertRejected, connectedClient, memoryAuthEngine, newClient, once, roundTrip} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  'an expired token: needs loginBriefly {seconds}; deauthenticated on the next packet, refused at a handshake';

const SECONDS = 2;

async function expire(port, keepsSending) {
  const client = await connectedClient(port);
  const authenticated = once(client, 'authenticate');
  await client.invoke('loginBriefly', {seconds: SECONDS});
  const {authToken, signedAuthToken} = await authenticated;
  await client.invokePublish('private/expiry', 'still valid');

  let deauthenticatedAt = 0;
  once(client, 'deauthenticate', 20_000).then(() => {
    deauthenticatedAt = Date.now();
  });
  await eventually(
    async () => {
      if (keepsSending) await roundTrip(client);
      return deauthenticatedAt > 0;
    },
    'the client is deauthenticated',
    20_000,
  );
  assert.ok(deauthenticatedAt >= authToken.exp * 1000 - 50, 'not before the expiry');
  await assertRejected(client.invokePublish('private/expiry', 1), 'ForbiddenError', 'publishing after the expiry');
  assert.equal(client.state, client.OPEN);
  return {signedAuthToken, exp: authToken.exp};
}

async function connectWithExpired(port, {signedAuthToken, exp}) {
  const authEngine = memoryAuthEngine();
  const authTokenName = 'expired';
  await authEngine.saveToken(authTokenName, signedAuthToken);
  const client = newClient(port, {authEngine, authTokenName});
  const removed = once(client, 'removeAuthToken');
  const {isAuthenticated, authError} = await once(client, 'connect');
  assert.equal(isAuthenticated, false);
  assert.equal(authError.name, 'AuthTokenExpiredError');
  assert.equal(authError.message, 'jwt expired');
  assert.equal(authError.isBadToken, true);
  assert.equal(new Date(authError.expiry).getTime(), exp * 1000);
  await removed;
  assert.equal(await authEngine.loadToken(authTokenName), null);
}

export async function run({port, options: {pings = 'no'}}) {
  const token = await expire(port, true);
  await connectWithExpired(port, token);
  // A pong is enough, where the server pings often: --pings yes
  if (pings === 'yes') await expire(port, false);
  return `deauthenticated after ${SECONDS} s, then refused as expired`;
}

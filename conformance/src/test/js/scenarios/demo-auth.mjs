import assert from 'node:assert/strict';
import {assertRejected, collect, connectedClient, logIn, memoryAuthEngine, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = 'login, the rule for private channels, token kept across connections, logout, deauthenticate';

const CHANNEL = 'private/conformance-auth';

async function assertForbidden(client, when) {
  await assertRejected(client.invokePublish(CHANNEL, 'x'), 'ForbiddenError', `publishing ${when}`);
  await assertRejected(subscribed(client, `${CHANNEL}/new`), 'ForbiddenError', `subscribing ${when}`);
}

export async function run({port}) {
  const authEngine = memoryAuthEngine();
  const witness = await connectedClient(port);
  await logIn(witness, 'witness');
  const seen = collect(await subscribed(witness, CHANNEL));

  const client = await connectedClient(port, {authEngine});
  assert.equal(client.firstConnect.isAuthenticated, false);
  await assertForbidden(client, 'before the login');
  client.transmitPublish(CHANNEL, 'a blocked transmit');
  await roundTrip(client);

  const authenticated = once(client, 'authenticate');
  const changed = once(client, 'authStateChange');
  await client.invoke('login', {username: 'Zoë "Z" 漢'});
  const {authToken, signedAuthToken} = await authenticated;
  assert.equal(authToken.username, 'Zoë "Z" 漢');
  assert.equal(client.authState, client.AUTHENTICATED);
  assert.equal(client.authToken.username, 'Zoë "Z" 漢');
  assert.ok(authToken.exp > Date.now() / 1000, 'the token has an expiry');
  assert.equal((await changed).newAuthState, 'authenticated');
  await eventually(
    async () => (await authEngine.loadToken(client.authTokenName)) === signedAuthToken,
    'the token is stored',
  );

  const received = collect(await subscribed(client, CHANNEL));
  await client.invokePublish(CHANNEL, 'after the login');
  await eventually(() => received.length === 1, 'the private publish arrives');
  assert.deepEqual(received, ['after the login']);
  await eventually(() => seen.length > 0, 'the witness gets it too');
  assert.deepEqual(seen, ['after the login'], 'the blocked transmit was not delivered');

  client.disconnect();
  const reconnected = once(client, 'connect');
  const resubscribed = client.channel(CHANNEL).listener('subscribe').once();
  client.connect();
  const connect = await reconnected;
  assert.equal(connect.isAuthenticated, true);
  assert.equal(connect.authError, undefined);
  assert.equal(client.authToken.username, 'Zoë "Z" 漢');
  await resubscribed;
  await client.invokePublish(CHANNEL, 'after the reconnect');
  await eventually(() => received.length === 2, 'the publish after the reconnect arrives');

  const successor = await connectedClient(port, {authEngine});
  assert.equal(successor.firstConnect.isAuthenticated, true, 'a new client with the same store');
  await successor.invokePublish(CHANNEL, 'from the successor');
  await eventually(() => received.length === 3, 'the publish of the new client arrives');

  const presented = await connectedClient(port);
  const status = await presented.authenticate(signedAuthToken);
  assert.equal(status.isAuthenticated, true);
  await presented.invokePublish(CHANNEL, 'from one who presented the token');

  const deauthenticated = once(client, 'deauthenticate');
  const removed = once(client, 'removeAuthToken');
  await client.invoke('logout');
  assert.equal((await deauthenticated).oldSignedAuthToken, signedAuthToken);
  await removed;
  assert.equal(await authEngine.loadToken(client.authTokenName), null);
  await assertForbidden(client, 'after the logout');

  await logIn(client, 'again');
  await client.invokePublish(CHANNEL, 'logged in again');
  await client.deauthenticate();
  assert.equal(client.authState, client.UNAUTHENTICATED);
  await assertForbidden(client, 'after deauthenticate()');
  assert.equal(client.state, client.OPEN);
  return 'forbidden before, allowed after, kept across 2 connections, forbidden again';
}

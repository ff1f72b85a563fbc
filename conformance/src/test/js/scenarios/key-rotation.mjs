import assert from 'node:assert/strict';
import {connectedClient, logIn, memoryAuthEngine, newClient, once} from '../lib/clients.mjs';

export const description = 'keys are exchanged while clients are connected: needs the procedures rotateKeys and retireKey';

const keyIdOf = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url')).kid;

async function connectWith(port, token) {
  const authEngine = memoryAuthEngine();
  const authTokenName = 'rotation';
  await authEngine.saveToken(authTokenName, token);
  const client = newClient(port, {authEngine, authTokenName});
  return once(client, 'connect');
}

export async function run({port}) {
  const client = await connectedClient(port);
  await logIn(client, 'ada');
  const before = client.signedAuthToken;
  const id = keyIdOf(before);
  assert.notEqual(id, undefined);

  await client.invoke('rotateKeys');
  assert.equal((await connectWith(port, before)).isAuthenticated, true, 'a token of before the rotation');
  const other = await connectedClient(port);
  await logIn(other, 'bob');
  const after = other.signedAuthToken;
  assert.notEqual(keyIdOf(after), id);
  assert.equal((await connectWith(port, after)).isAuthenticated, true, 'a token of after the rotation');

  await client.invoke('retireKey', {id});
  const refused = await connectWith(port, before);
  assert.equal(refused.isAuthenticated, false);
  assert.equal(refused.authError.message, 'invalid keyid');
  assert.equal((await connectWith(port, after)).isAuthenticated, true, 'after the other key was retired');
  await client.invokePublish('private/rotation', 'who is logged in stays so');
  return `from key ${id} to ${keyIdOf(after)}`;
}

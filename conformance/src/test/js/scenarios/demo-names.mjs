import assert from 'node:assert/strict';
import {assertRejected, collect, connectedClient, logIn, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  "the server of the demo sets the sender's name, a name belongs to one login, and it says who is here and how it is spoken to";

const ROOM = 'demo-names';
const LOOK_ALIKES = ['Ada', 'ada', ' Ada ', 'A\u200bda', '\uff21da', 'Ada\u202e'];

async function sendersAreNotBelieved(port, room, ada) {
  const guest = await connectedClient(port);
  const oldest = await connectedClient(port, {protocolVersion: 1, path: '/socketcluster-v1/'});
  const bob = await connectedClient(port, {batchOnHandshake: true, batchOnHandshakeDuration: 2000, batchInterval: 10});
  await logIn(bob, 'Bob');
  const message = {type: 'message', name: 'Ada', socketId: ada.id, windowId: 'w', text: 'I am Ada'};
  const senders = [[guest, null], [oldest, null], [bob, 'Bob'], [ada, 'Ada']];
  for (const [client, name] of senders) {
    await client.invokePublish(ROOM, message);
    client.transmitPublish(ROOM, {type: 'presence', name: 'Ada', change: 'left'});
    await client.invokePublish(ROOM, {...message, name: {toString: 'Ada'}, text: ''});
    await eventually(() => room.length >= 3, 'what was published arrives');
    for (const received of room.splice(0)) {
      assert.equal(received.name, name);
      assert.equal(received.socketId, client.id);
    }
  }
  return [guest, bob];
}

async function otherDataIsUntouched(client, room) {
  const values = ['text', 17, null, [{type: 'message', name: 'Ada'}], {name: 'Ada'}, {type: 'other', name: 'Ada'}, {type: 1}];
  for (const value of values) await client.invokePublish(ROOM, value);
  await eventually(() => room.length === values.length, 'all values arrive');
  assert.deepEqual(room.splice(0), values);
}

async function aNameHasOneOwner(port, ada, other) {
  for (const username of LOOK_ALIKES) {
    await assertRejected(other.invoke('login', {username}), 'FailedLoginError', `a second ${JSON.stringify(username)}`);
  }
  await assertRejected(other.invoke('login', {username: '\u200b \u202e'}), 'FailedLoginError', 'a name that cannot be seen');
  await logIn(ada, 'ADA');
  const secondWindow = await connectedClient(port);
  await secondWindow.authenticate(ada.signedAuthToken);
  await roundTrip(secondWindow);
  await roundTrip(ada);
  assert.equal(secondWindow.authState, secondWindow.AUTHENTICATED, 'a login may have two windows');
  assert.equal(ada.authState, ada.AUTHENTICATED);
}

async function aNameIsFreeWhenItsOwnerHasGone(port) {
  const first = await connectedClient(port);
  await logIn(first, 'Eve');
  const token = first.signedAuthToken;
  first.disconnect();
  const second = await connectedClient(port);
  await eventually(() => second.invoke('login', {username: 'Eve', nonce: 1}).then(() => true, () => false), 'Eve is free');
  await eventually(() => second.authToken !== null && second.signedAuthToken !== null, 'the second Eve has her token');
  if (second.signedAuthToken !== token) {
    const back = await connectedClient(port);
    const lost = once(back, 'deauthenticate');
    await back.authenticate(token);
    await lost;
  }
  await second.invoke('logout');
  const third = await connectedClient(port);
  await eventually(() => third.invoke('login', {username: 'eve'}).then(() => true, () => false), 'Eve is free again');
}

async function theServerSaysWhoIsHere(client) {
  const here = collect(await subscribed(client, 'demo/here'));
  const figures = collect(await subscribed(client, 'demo/figures'));
  await eventually(() => here.at(-1)?.here.includes('Bob') && figures.length > 0, () => JSON.stringify({here, figures}));
  assert.ok(figures.at(-1).connections >= 2);
  assert.ok(figures.at(-1).messagesPerSecond >= 0);
  for (const channel of ['demo/here', 'demo/figures']) {
    await assertRejected(client.invokePublish(channel, {here: ['Nobody'], more: 0}), 'ForbiddenError', `publishing to ${channel}`);
  }
  assert.deepEqual(await client.invoke('connection'), {protocolVersion: 2, codec: 'JSON'});
}

export async function run({port}) {
  const ada = await connectedClient(port);
  await logIn(ada, 'Ada');
  const room = collect(await subscribed(ada, ROOM));
  const [guest, bob] = await sendersAreNotBelieved(port, room, ada);
  await otherDataIsUntouched(guest, room);
  await aNameHasOneOwner(port, ada, guest);
  await aNameIsFreeWhenItsOwnerHasGone(port);
  await theServerSaysWhoIsHere(guest);
  await roundTrip(bob);
  return `${LOOK_ALIKES.length} second Adas refused`;
}

import assert from 'node:assert/strict';
import {assertRejected, collect, connectedClient, once, subscribed} from '../lib/clients.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'agServer.cluster(): needs a second server at --other, and the procedures of ClusterCallsIT at both';

/** A user who is not a member any more has to leave on all servers, and does not come in again. */
async function checkedAgain(admin, here, there) {
  for (const client of [here, there]) {
    await client.invoke('logIn', client === here ? 'bob' : 'eve');
    await subscribed(client, 'members/1');
  }
  const patterns = [];
  for (const client of [here, there]) {
    patterns.push(collect(await subscribed(client, '#pattern/members/*')));
    await subscribed(client, 'marker');
  }
  const told = (text) => ({channel: 'members/1', data: text});
  await here.invokePublish('members/1', 'hello');
  await eventually(() => patterns.every((each) => each.length === 1), 'the pattern brings it on both servers');
  const out = once(there, 'kickOut');
  const answer = await admin.invoke('expel', 'eve');
  assert.equal(answer.count, 1);
  assert.equal(answer.missing, 0);
  const {channel, message} = await out;
  assert.equal(channel, 'members/1');
  assert.match(message, /may not subscribe to members\/1/);
  assert.ok(here.isSubscribed('members/1'));
  const marked = there.channel('marker').once();
  await here.invokePublish('members/1', 'between us');
  await here.invokePublish('marker', 'it comes behind the others');
  await within(marked, 'the marker');
  assert.deepEqual(patterns, [[told('hello'), told('between us')], [told('hello')]]);
  await assertRejected(subscribed(there, 'members/2'), 'ForbiddenError', 'subscribing after the expulsion');
}

/** Revoked tokens end on all servers, and no server takes them again. */
async function revoked(admin, here, there) {
  for (const client of [here, there]) {
    await client.invoke('logIn', 'alice');
    await subscribed(client, 'alice/inbox');
  }
  const token = here.signedAuthToken;
  const events = [here, there].flatMap((client) => [once(client, 'deauthenticate'), once(client, 'kickOut')]);
  const answer = await admin.invoke('revoke', 'alice');
  assert.equal(answer.count, 2);
  assert.equal(answer.missing, 0);
  await Promise.all(events);
  for (const client of [here, there]) {
    await assertRejected(client.authenticate(token), 'AuthTokenInvalidError', 'a revoked token');
  }
}

export async function run({port, options: {other}}) {
  const [admin, here, there] = await Promise.all([port, port, other].map((each) => connectedClient(each)));
  for (const client of [here, there]) {
    await client.invoke('logIn', 'alice');
    await subscribed(client, 'news');
  }
  await Promise.all([connectedClient(other)].map(async (bob) => subscribed(await bob, 'news')));

  const subscribers = await admin.invoke('subscribersCount', 'news');
  assert.equal(subscribers.count, 3);
  assert.equal(subscribers.servers, 2);
  assert.equal(subscribers.missing, 0);
  assert.equal((await admin.invoke('clientsCount')).count, 4);

  const kicked = [here, there].map((client) => once(client, 'kickOut'));
  assert.equal((await admin.invoke('kickOut', 'alice')).count, 2);
  for (const event of await Promise.all(kicked)) assert.equal(event.message, 'Out of all');
  assert.equal((await admin.invoke('subscribersCount', 'news')).count, 1);

  const deauthenticated = [here, there].map((client) => once(client, 'deauthenticate'));
  assert.equal((await admin.invoke('deauthenticate', 'alice')).count, 2);
  await Promise.all(deauthenticated);
  assert.equal((await admin.invoke('disconnect', 'alice')).count, 0);

  await checkedAgain(admin, here, there);
  await revoked(admin, here, there);

  for (const client of [here, there]) await client.invoke('logIn', 'carol');
  const disconnected = [here, there].map((client) => once(client, 'disconnect'));
  assert.equal((await admin.invoke('disconnect', 'carol')).count, 2);
  for (const event of await Promise.all(disconnected)) assert.equal(event.code, 4501);

  await assertRejected(subscribed(admin, '#cluster'), 'InvalidActionError', 'subscribing to the servers');
  await assertRejected(admin.invokePublish('#cluster', {}), 'InvalidActionError', 'publishing to the servers');
  return 'counts, kick-out, deauthentication and disconnection on both servers';
}

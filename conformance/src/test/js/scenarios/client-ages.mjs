import assert from 'node:assert/strict';
import {classicClient} from '../lib/ages/classic.mjs';
import {modernClient} from '../lib/ages/modern.mjs';
import minBin from 'sc-codec-min-bin';
import {HOST} from '../lib/clients.mjs';
import {eventually, sleep, within} from '../lib/waiting.mjs';

export const description =
  'Clients of any age do all they can, and share a room: --pingTimeout MS --groups ' +
  '"/socketcluster-v1/|1|json|2.2.25,14.3.2;/socketcluster/|2|json|20.0.2" (path, protocol version, codec, clients); ' +
  'needs the procedures kickMe and callMe and the receiver disconnectMe';

const ROOM = 'the room of all ages';
const ACK_TIMEOUT = 5000;
const FIRST_MODERN = 15;
const FIRST_WITH_AUTHENTICATE = 2.3;
const majorOf = (version) => Number.parseInt(version, 10);
const minorOf = (version) => Number.parseFloat(version);

/** Two clients of one version differ in their names. */
function newClients(port, group) {
  const [path, protocolVersion, codec, versions] = group.split('|');
  const options = {hostname: HOST, port, path, ackTimeout: ACK_TIMEOUT};
  if (codec === 'min-bin') options.codecEngine = minBin;
  return versions.split(',').map((version) => {
    const name = `${version} at ${path} v${protocolVersion}`;
    return majorOf(version) < FIRST_MODERN
      ? classicClient(version, name, options)
      : modernClient(version, name, {...options, protocolVersion: Number(protocolVersion)});
  });
}

/** The columns of the table: each is an assertion, in the order in which they run. */
const COLUMNS = {
  async connect(client) {
    const status = await client.connected();
    assert.equal(status.id.length, 20);
    assert.equal(status.isAuthenticated, false);
  },

  async 'emit + ack'(client) {
    const data = {text: 'ä€😀', list: [1, null, {deep: true}]};
    assert.deepEqual(await client.call('echo', data), data);
  },

  async 'ack error'(client) {
    const error = await failure(client.call('alwaysFails', null));
    assert.equal(error.name, 'BadCustomError');
    assert.equal(error.message, 'Server failed to execute the procedure');
  },

  async 'emit, no ack'(client) {
    const greeting = new Promise((resolve) => client.on('greeting', resolve));
    client.emit('greet', `client ${client.name}`);
    assert.deepEqual(await within(greeting, `${client.name}: the greeting`), {hello: `client ${client.name}`});
  },

  async subscribe(client) {
    client.own = await client.subscribe(`own ${client.name}`);
    client.room = await client.subscribe(ROOM);
    assert.ok(client.isSubscribed(ROOM));
    const error = await failure(client.subscribe('private/closed'));
    assert.equal((error.error ?? error).name, 'ForbiddenError');
  },

  async publish(client) {
    await client.publish(`own ${client.name}`, {from: client.name});
    const error = await failure(client.publish('private/closed', 1));
    assert.equal(error.name, 'ForbiddenError');
  },

  async receive(client) {
    await eventually(() => client.own.length > 0, `${client.name} receives its publish`);
    assert.deepEqual(client.own, [{from: client.name}]);
  },

  async login(client) {
    await client.call('login', {username: `user of ${client.name}`});
    await eventually(() => client.token(), `${client.name} has a token`);
    const claims = JSON.parse(Buffer.from(client.token().split('.')[1], 'base64url'));
    assert.equal(claims.username, `user of ${client.name}`);
    await client.subscribe('private/open');
  },

  async 'token on reconnect'(client) {
    const status = await client.reconnect();
    assert.equal(status.isAuthenticated, true);
    await eventually(() => client.isSubscribed(ROOM), `${client.name} is subscribed again`);
    await client.publish('private/open', 1);
  },

  async logout(client) {
    await client.call('logout');
    await eventually(() => client.token() === null, `${client.name} has lost its token`);
    assert.equal((await failure(client.publish('private/open', 1))).name, 'ForbiddenError');
    if (client.logOut) await logOutByItself(client);
  },

  async 'bad #authenticate'(client) {
    if (minorOf(client.version) < FIRST_WITH_AUTHENTICATE) return 'n/a';
    const error = await failure(within(client.authenticate('bad.to.ken'), `${client.name}: authenticate`));
    assert.equal(error.name, 'AuthTokenInvalidError');
    assert.equal(client.token(), null);
  },

  async kickOut(client) {
    const kicked = client.nextKickOut();
    await client.call('kickMe', {channel: `own ${client.name}`});
    const {message, channel} = await kicked;
    assert.equal(channel, `own ${client.name}`);
    assert.equal(message, 'You asked for it');
    await eventually(() => !client.isSubscribed(channel), `${client.name} is kicked out`);
  },

  async 'server RPC'(client) {
    client.answer('add', ({a, b}) => a + b);
    client.answer('fail', () => {
      throw Object.assign(new Error('The client failed'), {name: 'ClientError'});
    });
    assert.equal(await client.call('callMe', {event: 'add', data: {a: 2, b: 3}}), 5);
    const error = await failure(client.call('callMe', {event: 'fail', data: null}));
    assert.equal(error.message, 'The client failed');
  },
};

async function logOutByItself(client) {
  await client.call('login', {username: `${client.name} again`});
  await eventually(() => client.token(), `${client.name} has a token again`);
  await client.publish('private/open', 1);
  await client.logOut();
  assert.equal(client.token(), null);
  assert.equal((await failure(client.publish('private/open', 1))).name, 'ForbiddenError');
}

async function failure(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return assert.fail(`succeeded with ${JSON.stringify(value)}`);
}

/** All columns of one client; a failure keeps those that follow from running. */
async function journey(client, row) {
  for (const [column, step] of Object.entries(COLUMNS)) {
    try {
      row[column] = (await step(client)) ?? 'ok';
    } catch (error) {
      row[column] = 'FAIL';
      throw new Error(`${client.name}, ${column}: ${error.message ?? JSON.stringify(error)}`, {cause: error});
    }
  }
}

async function staysAlive(clients, rows, pingTimeout) {
  const before = clients.map((client) => client.drops.length);
  await sleep(3 * pingTimeout);
  for (const [i, client] of clients.entries()) {
    assert.equal(client.drops.length, before[i], `${client.name} dropped: ${JSON.stringify(client.drops)}`);
    assert.equal(await client.call('echo', 'alive'), 'alive');
    rows[i].alive = 'ok';
  }
}

/** What each publishes, all receive, in one order. */
async function shareARoom(clients, rows) {
  for (const client of clients) client.room.length = 0;
  for (const client of clients) await client.publish(ROOM, client.name);
  const all = clients.map((client) => client.name);
  for (const [i, client] of clients.entries()) {
    await eventually(() => client.room.length >= all.length, `${client.name} hears all of the room`);
    assert.deepEqual(client.room, all, client.name);
    rows[i].room = 'ok';
  }
}

async function disconnected(clients, rows) {
  for (const [i, client] of clients.entries()) {
    const before = client.drops.length;
    client.emit('disconnectMe', {code: 4501, reason: 'Go away'});
    await eventually(() => client.drops.length > before, `${client.name} is disconnected`);
    const {code, reason} = client.drops.at(-1);
    assert.equal(code, 4501, client.name);
    assert.equal(reason, 'Go away', client.name);
    rows[i].disconnected = 'ok';
  }
}

export async function run({port, options}) {
  const clients = options.groups.split(';').flatMap((group) => newClients(port, group));
  const rows = clients.map((client) => ({client: client.name}));
  const results = await Promise.allSettled(clients.map((client, i) => journey(client, rows[i])));
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (failures.length === 0) {
    await staysAlive(clients, rows, options.pingTimeout);
    await shareARoom(clients, rows);
    await disconnected(clients, rows);
  }
  print(rows);
  if (failures.length > 0) throw new Error(failures.map((error) => error.stack).join('\n'));
  return `${clients.length} clients, ${Object.keys(rows[0]).length - 1} columns each`;
}

function print(rows) {
  const names = Object.keys(Object.assign({}, ...rows));
  console.log(`| ${names.join(' | ')} |\n|${names.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${names.map((name) => row[name] ?? '').join(' | ')} |`);
}

import {create} from '/socketcluster-client.min.js';

const $ = (id) => document.getElementById(id);
const socket = create({authTokenName: 'presence.token'});
let leave = () => {};

$('join').addEventListener('submit', async (event) => {
  event.preventDefault();
  const {username, room} = Object.fromEntries(new FormData(event.target));
  try {
    await socket.invoke('login', {username});
    leave();
    leave = join(`room/${room}`);
    $('error').textContent = '';
  } catch (error) {
    $('error').textContent = error.message;
  }
});

function join(room) {
  const roster = `#presence/${room}`;
  socket.subscribe(room);
  watch(socket.subscribe(roster));
  return () => {
    socket.killChannel(roster);
    socket.unsubscribe(roster);
    socket.unsubscribe(room);
  };
}

/** First everyone, again after each reconnect; then whoever comes or leaves. */
async function watch(channel) {
  let people = new Set();
  for await (const {sockets, users, joined = [], left = []} of channel) {
    if (users) people = new Set(users);
    joined.forEach((user) => people.add(user));
    left.forEach((user) => people.delete(user));
    show(people, sockets);
  }
}

function show(people, sockets) {
  $('count').textContent = `${sockets} ${sockets === 1 ? 'window' : 'windows'}`;
  $('people').replaceChildren(
    ...[...people].sort().map((name) => {
      const item = document.createElement('li');
      item.textContent = name;
      return item;
    }),
  );
}

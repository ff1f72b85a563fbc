import {create} from '/socketcluster-client.min.js';
import {recover} from '/recover/index.mjs';

const DEFAULT_ROOM = 'lobby';
const STAFF_ROOM = 'private/staff';
const PRIVATE_PREFIX = 'private/';
const MAX_ENTRIES_PER_ROOM = 300;
const LONGEST_NAME = 100; // as the server has it
const MOST_NAMES_IN_ROOM = 10;
const AVATAR_COLOURS = 6;
const HERE = 'demo/here';
const FIGURES = 'demo/figures';

const $ = (id) => document.getElementById(id);

// /?protocol=1 speaks as clients up to version 14 did.
const isVersionOne = new URLSearchParams(location.search).get('protocol') === '1';

// The login belongs to one window. With the client's own store, localStorage, two windows of one
// browser would share a token, and after a reconnect both would be whoever logged in last.
const windowAuthEngine = {
  saveToken: async (name, token) => {
    sessionStorage.setItem(name, token);
    return token;
  },
  removeToken: async (name) => {
    const token = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return token;
  },
  loadToken: async (name) => sessionStorage.getItem(name),
};

const socket = create({
  ...(isVersionOne ? {protocolVersion: 1, path: '/socketcluster-v1/'} : {}),
  authEngine: windowAuthEngine,
  // Without these the client waits 10 to 20 seconds after most close codes.
  autoReconnectOptions: {initialDelay: 500, randomness: 500, multiplier: 1.5, maxDelay: 5000},
});

/** Joined rooms by name: {name, item, button, unread, log, announcedAs}. */
const rooms = new Map();
let currentRoom = null;

const username = () => socket.authToken?.username ?? null;

// ---- Small helpers for the page

function element(tag, {className, text, test, ...properties} = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  if (test) node.dataset.test = test;
  Object.assign(node, properties);
  node.append(...children);
  return node;
}

function showError(id, message) {
  const node = $(id);
  node.textContent = message ?? '';
  node.hidden = !message;
}

function inPlainWords(error, what) {
  switch (error.name) {
    case 'ForbiddenError':
      return `${what} is private. Log in first, then try again.`;
    case 'BadConnectionError':
    case 'TimeoutError':
      return 'The server cannot be reached right now. Please try again in a moment.';
    default:
      return error.message;
  }
}

function colourOf(name) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  return hash % AVATAR_COLOURS;
}

function paintAvatar(node, name) {
  node.className = `avatar colour-${colourOf(name)}`;
  node.textContent = (Array.from(name.trim())[0] ?? '?').toUpperCase();
  return node;
}

async function consume(stream, handle) {
  for await (const value of stream) handle(value);
}

// ---- Connection badge

let countdown;

function showStatus(state, text) {
  clearInterval(countdown);
  $('status').dataset.state = state;
  $('status-text').textContent = text;
  $('status-countdown').textContent = '';
}

/** The seconds are for the eye only: a screen reader would say each of them. */
function showOffline() {
  showStatus('offline', 'offline');
  if (!socket.pendingReconnect) return;
  const retryAt = Date.now() + socket.pendingReconnectTimeout;
  const tick = () => {
    const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
    $('status-countdown').textContent = `, reconnecting in ${seconds} s`;
  };
  tick();
  countdown = setInterval(tick, 250);
}

// ---- Rooms

function join(name) {
  showError('room-error');
  if (rooms.has(name)) {
    open(name);
    return;
  }
  const room = addRoom(name);
  const messages = recover(socket, name, {onGap: () => append(room, gapEntry())});
  const {channel} = messages;
  consume(messages, (data) => receive(room, data));
  consume(socket.subscribe(presenceOf(name)), (told) => showRoster(room, told));
  consume(channel.listener('subscribe'), () => {
    showRoomState();
    announce(room);
  });
  consume(channel.listener('subscribeFail'), ({error}) => {
    removeRoom(room);
    showError('room-error', inPlainWords(error, `“${name}”`));
  });
  open(name);
}

const presenceOf = (name) => `#presence/${name}`;

/** First who is in the room, then who comes and leaves; again after each reconnect. */
function showRoster(room, {sockets, users, joined = [], left = []}) {
  if (users) room.users = new Set(users);
  joined.forEach((user) => room.users.add(user));
  left.forEach((user) => room.users.delete(user));
  room.sockets = sockets;
  showRoomState();
}

function rosterOf({sockets, users}) {
  if (sockets === undefined) return '';
  const names = [...users].slice(0, MOST_NAMES_IN_ROOM).join(', ');
  const guests = sockets === 1 ? '1 window' : `${sockets} windows`;
  return ` · ${guests}${names && `: ${names}`}`;
}

function addRoom(name) {
  const unread = element('span', {className: 'unread', test: 'unread', hidden: true});
  const button = element(
    'button',
    {type: 'button', className: 'room', test: 'room', onclick: () => open(name)},
    element('span', {className: 'room-name', text: name}),
    unread,
  );
  const leaveButton = element('button', {
    type: 'button',
    className: 'leave',
    test: 'leave-room',
    text: '×',
    title: `Leave ${name}`,
    ariaLabel: `Leave ${name}`,
    onclick: () => leave(rooms.get(name)),
  });
  const item = element('li', {}, button, leaveButton);
  item.dataset.room = name;
  const log = element('ol', {className: 'log', test: 'log', role: 'log', ariaLive: 'polite'});
  log.setAttribute('aria-label', `Messages in ${name}`);
  const room = {name, item, button, unread, unreadCount: 0, log, announcedAs: null, users: new Set()};
  rooms.set(name, room);
  $('rooms').append(item);
  $('logs').append(log);
  showStaffShortcut();
  return room;
}

function removeRoom(room) {
  socket.killChannel(room.name);
  socket.killChannel(presenceOf(room.name));
  rooms.delete(room.name);
  room.item.remove();
  room.log.remove();
  showStaffShortcut();
  if (currentRoom === room) open(rooms.keys().next().value);
}

function leave(room) {
  farewell(room);
  socket.unsubscribe(room.name);
  socket.unsubscribe(presenceOf(room.name));
  removeRoom(room);
}

function open(name) {
  currentRoom = rooms.get(name) ?? null;
  for (const room of rooms.values()) {
    const isCurrent = room === currentRoom;
    room.log.hidden = !isCurrent;
    if (isCurrent) room.button.setAttribute('aria-current', 'true');
    else room.button.removeAttribute('aria-current');
  }
  if (currentRoom) {
    currentRoom.unreadCount = 0;
    showUnread(currentRoom);
    currentRoom.item.scrollIntoView({block: 'nearest', inline: 'nearest'});
    $('logs').scrollTop = $('logs').scrollHeight;
  }
  $('room-title').textContent = currentRoom ? currentRoom.name : 'No room';
  showRoomState();
  showComposer();
}

function showRoomState() {
  const state = currentRoom && socket.channel(currentRoom.name).state;
  const pending = socket.state === socket.OPEN ? 'joining …' : 'waiting for the connection';
  $('room-state').textContent = {subscribed: `joined${currentRoom ? rosterOf(currentRoom) : ''}`, pending}[state] ?? 'Join a room to see its messages.';
}

function showUnread(room) {
  room.unread.hidden = room.unreadCount === 0;
  room.unread.textContent = room.unreadCount > 99 ? '99+' : String(room.unreadCount);
  room.unread.ariaLabel = `${room.unreadCount} unread`;
}

let staffShortcut;

function showStaffShortcut() {
  staffShortcut ??= element(
    'li',
    {className: 'shortcut'},
    element('button', {
      type: 'button',
      className: 'room',
      test: 'staff-shortcut',
      text: `Join ${STAFF_ROOM}`,
      onclick: () => join(STAFF_ROOM),
    }),
  );
  if (rooms.has(STAFF_ROOM)) staffShortcut.remove();
  else $('rooms').append(staffShortcut);
}

// ---- Who comes and leaves: the page says when, the server says who

function announce(room) {
  const name = username();
  if (name === null || room.announcedAs === name || !socket.isSubscribed(room.name)) return;
  room.announcedAs = name;
  publishPresence(room, 'joined');
}

function farewell(room) {
  if (room.announcedAs === null) return;
  publishPresence(room, 'left');
  room.announcedAs = null;
}

function publishPresence(room, change) {
  if (socket.state !== socket.OPEN) return;
  socket.transmitPublish(room.name, {type: 'presence', change});
}

// ---- What the server says of itself

function showHere({here, more}) {
  const people = here.map((name) =>
    element(
      'li',
      {test: 'person'},
      paintAvatar(element('span', {ariaHidden: 'true'}), name),
      element('span', {className: 'person-name', text: name === username() ? `${name} (you)` : name}),
    ),
  );
  if (more > 0) people.push(element('li', {className: 'hint', text: `and ${more} more`}));
  $('here').replaceChildren(...people);
  $('here-count').textContent = String(here.length + more);
}

function showFigures({connections, messagesPerSecond}) {
  const windows = connections === 1 ? '1 connection' : `${connections} connections`;
  $('figures').textContent = `· ${windows} · ${messagesPerSecond} messages/s`;
}

async function showSpoken() {
  try {
    const {protocolVersion, codec} = await socket.invoke('connection');
    $('speaks').textContent = `protocol ${protocolVersion}, ${codec}`;
  } catch {
    $('speaks').textContent = '';
  }
}

// ---- Messages: others wrote them, so each is checked before it is shown. The server has put in
// the name of the sender, null for a guest, and the id of his socket.

function receive(room, data) {
  if (data === null || typeof data !== 'object') return;
  const name = typeof data.name === 'string' ? data.name.slice(0, LONGEST_NAME) : null;
  const isOwn = data.socketId === socket.id;
  if (data.type === 'message' && typeof data.text === 'string') {
    append(room, messageEntry(name, data.text.slice(0, 2000), isOwn));
    if (room !== currentRoom) {
      room.unreadCount++;
      showUnread(room);
    }
  } else if (data.type === 'presence' && name !== null && ['joined', 'left'].includes(data.change)) {
    append(room, presenceEntry(isOwn ? 'You' : name, data.change));
  }
}

function timeEntry() {
  const now = new Date();
  return element('time', {
    dateTime: now.toISOString(),
    text: now.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'}),
  });
}

function messageEntry(name, text, isOwn) {
  return element(
    'li',
    {className: isOwn ? 'message own' : 'message', test: 'message-entry'},
    name === null
      ? element('span', {className: 'avatar guest', ariaHidden: 'true'})
      : paintAvatar(element('span', {ariaHidden: 'true'}), name),
    element(
      'div',
      {className: 'bubble'},
      element(
        'p',
        {className: 'meta'},
        name === null
          ? element('em', {className: 'author', test: 'author', text: 'a guest'})
          : element('strong', {className: 'author', test: 'author', text: name}),
        ' ',
        timeEntry(),
      ),
      element('p', {className: 'text', test: 'text', text}),
    ),
  );
}

function presenceEntry(name, change) {
  return element(
    'li',
    {className: 'presence', test: 'presence-entry'},
    element('span', {text: `${name} ${change}`}),
    ' ',
    timeEntry(),
  );
}

/** The server has restarted, or this window was away for too long. */
function gapEntry() {
  return element('li', {className: 'presence', test: 'gap-entry'}, element('span', {text: 'Messages may be missing here'}));
}

function append(room, entry) {
  const view = $('logs');
  const isAtEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 80;
  room.log.append(entry);
  while (room.log.childElementCount > MAX_ENTRIES_PER_ROOM) room.log.firstElementChild.remove();
  if (room === currentRoom && isAtEnd) view.scrollTop = view.scrollHeight;
}

// ---- Account

function showAccount() {
  const name = username();
  $('login-form').hidden = name !== null;
  $('account').hidden = name === null;
  if (name !== null) {
    $('account-name').textContent = name;
    paintAvatar($('account-avatar'), name);
  }
  showComposer();
}

function showComposer() {
  const canWrite = username() !== null && currentRoom !== null;
  $('message').disabled = !canWrite;
  $('message-form').querySelector('button').disabled = !canWrite;
  if (username() === null) $('message').placeholder = 'Log in to write';
  else $('message').placeholder = currentRoom ? `Message to ${currentRoom.name}` : 'Join a room to write';
}

// ---- What the user does

$('login-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  showError('login-error');
  try {
    await socket.invoke('login', {username: $('username').value.trim()});
    $('username').value = '';
    showError('room-error');
  } catch (error) {
    showError('login-error', inPlainWords(error, 'This'));
    $('username').focus();
  }
});

$('logout').addEventListener('click', async () => {
  for (const room of rooms.values()) farewell(room);
  try {
    await socket.invoke('logout');
  } catch {
    // Without the server the token can still be thrown away here.
    await socket.deauthenticate();
  }
});

$('join-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const name = $('room-name').value.trim();
  if (name === '') return;
  $('room-name').value = '';
  join(name);
});

$('message-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = $('message').value.trim();
  if (text === '' || currentRoom === null) return;
  $('message').value = '';
  showError('message-error');
  try {
    await socket.invokePublish(currentRoom.name, {type: 'message', text});
  } catch (error) {
    $('message').value ||= text;
    showError('message-error', `Not sent. ${inPlainWords(error, 'This room')}`);
  }
});

window.addEventListener('pagehide', () => {
  for (const room of rooms.values()) farewell(room);
});

window.addEventListener('pageshow', ({persisted}) => {
  if (persisted) for (const room of rooms.values()) announce(room);
});

// ---- What the connection does

consume(socket.listener('connecting'), () => showStatus('connecting', 'connecting'));
consume(socket.listener('connect'), () => {
  showStatus('online', 'online');
  showError('message-error');
  showAccount();
  showRoomState();
  showSpoken();
});
consume(socket.listener('close'), () => {
  showOffline();
  showRoomState();
});
consume(socket.listener('authenticate'), () => {
  showError('login-error');
  showAccount();
  for (const room of rooms.values()) announce(room);
});
consume(socket.listener('deauthenticate'), () => {
  for (const room of [...rooms.values()]) {
    room.announcedAs = null;
    if (room.name.startsWith(PRIVATE_PREFIX)) leave(room);
  }
  showAccount();
});
consume(socket.listener('error'), ({error}) => console.info(`${error.name}: ${error.message}`));

consume(socket.subscribe(HERE), showHere);
consume(socket.subscribe(FIGURES), showFigures);
showAccount();
join(DEFAULT_ROOM);

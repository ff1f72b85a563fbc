// The chat by the client of Socket.IO 0.6: its messages cross the bridge to the channels of SocketCluster.
const {io} = window;
const ROOM = 'lobby';
const $ = (id) => document.getElementById(id);

/** The calls that wait for their answers, by id. */
const calls = new Map();
let lastCall = 0;
let socket;

/** Sends a packet of SocketCluster as a JSON message; the answer has its id. */
function invoke(event, data) {
  lastCall += 1;
  const cid = lastCall;
  socket.send({event, data, cid});
  return new Promise((resolve, reject) => calls.set(cid, {resolve, reject}));
}

function answered({rid, error, data}) {
  const call = calls.get(rid);
  calls.delete(rid);
  if (error) call?.reject(error);
  else call?.resolve(data);
}

function received(message) {
  if (message?.rid) answered(message);
  else if (message?.event === '#publish' && message.data.channel === ROOM) show(message.data.data);
}

function show({type, name, text, change}) {
  if (type !== 'message' && type !== 'presence') return;
  const line = document.createElement('li');
  const said = document.createElement('span');
  const who = document.createElement('strong');
  line.className = type;
  who.textContent = name ?? 'guest';
  said.append(who, type === 'message' ? `: ${text}` : ` ${change}`);
  line.append(said);
  $('log').append(line);
  line.scrollIntoView({block: 'end'});
}

function showStatus(state, text) {
  $('status').dataset.state = state;
  $('status-text').textContent = text;
}

function fail(error) {
  $('error').textContent = error?.message ?? '';
  $('error').hidden = !error;
}

async function join() {
  showStatus('online', `online by ${socket.transport.type}`);
  try {
    await invoke('#subscribe', {channel: ROOM});
    $('room-state').textContent = 'joined';
    if ($('username').value && !$('account').hidden) await logIn();
  } catch (error) {
    fail(error);
  }
}

async function logIn() {
  const username = $('username').value.trim();
  await invoke('login', {username});
  $('account-name').textContent = username;
  $('account').hidden = false;
  $('login-form').hidden = true;
}

function connect() {
  if (socket) socket.disconnect();
  const next = new io.Socket(null, {transports: [$('transport').value], rememberTransport: false, maxReconnectionAttempts: 1000});
  socket = next;
  next.on('connecting', (type) => showStatus('connecting', `connecting by ${type}`));
  next.on('connect', join);
  next.on('message', received);
  next.on('disconnect', () => {
    if (socket === next) showStatus('offline', 'offline');
    $('room-state').textContent = '';
  });
  next.on('connect_failed', () => showStatus('offline', 'no connection'));
  next.connect();
}

$('transport').addEventListener('change', connect);

$('login-form').addEventListener('submit', (event) => {
  event.preventDefault();
  fail();
  logIn().catch(fail);
});

$('message-form').addEventListener('submit', (event) => {
  event.preventDefault();
  fail();
  const text = $('message').value;
  $('message').value = '';
  invoke('#publish', {channel: ROOM, data: {type: 'message', text}}).catch(fail);
});

connect();

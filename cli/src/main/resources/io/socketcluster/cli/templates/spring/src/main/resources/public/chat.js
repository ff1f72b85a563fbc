import {create} from '/socketcluster-client.min.js';

const socket = create({
  autoReconnectOptions: {initialDelay: 500, randomness: 1000},
});
const state = document.getElementById('state');
const messages = document.getElementById('messages');
const form = document.getElementById('form');
const text = document.getElementById('text');

function show(line, kind) {
  const item = document.createElement('li');
  item.textContent = line;
  item.className = kind;
  messages.append(item);
  while (messages.children.length > 100) {
    messages.firstChild.remove();
  }
}

(async () => {
  for await (const event of socket.listener('connect')) {
    const {pid} = await socket.invoke('server');
    state.textContent = `connected to process ${pid}`;
  }
})();

(async () => {
  for await (const event of socket.listener('disconnect')) {
    state.textContent = 'disconnected; connecting again';
  }
})();

(async () => {
  for await (const message of socket.subscribe('chat')) {
    show(message.text, 'message');
  }
})();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const sent = text.value;
  text.value = '';
  try {
    await socket.invokePublish('chat', {text: sent});
  } catch (error) {
    show(error.message, 'notice');
  }
});

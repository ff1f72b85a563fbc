import {create} from '/socketcluster-client.min.js';

const KEYS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
const RADIUS = 12;

const canvas = document.getElementById('field');
const socket = create();
const pressed = new Set();

// ---- What the player wants: told only when it changes

function steer(x, y) {
  socket.transmit('steer', {x, y});
}

function steerByKeys() {
  const sum = [...pressed].map((key) => KEYS[key]).reduce(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
  steer(...sum);
}

addEventListener('keydown', (event) => {
  if (!KEYS[event.key] || pressed.has(event.key)) return;
  event.preventDefault();
  pressed.add(event.key);
  steerByKeys();
});
addEventListener('keyup', (event) => {
  if (pressed.delete(event.key)) steerByKeys();
});
canvas.addEventListener('pointerdown', (event) => {
  steer((event.offsetX / canvas.clientWidth) * 2 - 1, (event.offsetY / canvas.clientHeight) * 2 - 1);
});
addEventListener('pointerup', () => steer(0, 0));

// ---- What the server says

function draw(ships) {
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const {id, x, y} of ships) {
    context.fillStyle = id === socket.id ? '#3b5bdb' : '#8888';
    context.beginPath();
    context.arc(x, y, RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
}

for await (const {tick, ships} of socket.subscribe('field')) {
  draw(ships);
  document.getElementById('players').textContent = `${ships.length} on the field, tick ${tick}`;
}

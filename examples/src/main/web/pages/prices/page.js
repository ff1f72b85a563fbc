import {create} from '/socketcluster-client.min.js';

const socket = create();

for (const symbol of ['ACME', 'BOLT', 'CORK', 'DUNE', 'ECHO', 'FERN']) follow(symbol);

async function follow(symbol) {
  const row = document.getElementById('prices').insertRow();
  const [, price, skipped] = [symbol, '', 0].map((text) => Object.assign(row.insertCell(), {textContent: text}));
  let last = null;
  let missed = 0;
  for await (const {cents, tick} of socket.subscribe(`price/${symbol}`)) {
    if (last) {
      price.className = cents > last.cents ? 'up' : 'down';
      missed += Math.max(0, tick - last.tick - 1);
    }
    price.textContent = (cents / 100).toFixed(2);
    skipped.textContent = missed;
    last = {cents, tick};
  }
}

import net from 'node:net';
import {HOST} from './clients.mjs';
import {onEnd} from './resources.mjs';

/** Numbers from 0 to 1, the same ones for the same seed. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A line to a port on which each connection is cut after a random number of bytes from the server, in the middle of a
 * frame as well, until it is mended.
 */
export async function badLine(port, {random, fewestBytes = 500, mostBytes}) {
  const line = {cuts: 0, mended: false};
  const sockets = new Set();
  const server = net.createServer((near) => {
    const far = net.connect(port, HOST);
    let left = fewestBytes + Math.floor(random() * (mostBytes - fewestBytes));
    const cut = () => {
      near.destroy();
      far.destroy();
      sockets.delete(near);
    };
    sockets.add(near);
    for (const socket of [near, far]) socket.on('error', cut).on('close', cut).setNoDelay(true);
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => {
      if (!line.mended && data.length >= left) {
        line.cuts++;
        near.end(data.subarray(0, left), cut);
        left = Infinity;
        return;
      }
      left -= data.length;
      near.write(data);
    });
  });
  await new Promise((resolve) => server.listen(0, HOST, resolve));
  onEnd(() => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  });
  return Object.assign(line, {port: server.address().port});
}

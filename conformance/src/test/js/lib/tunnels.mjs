import net from 'node:net';
import {HOST} from './clients.mjs';
import {onEnd} from './resources.mjs';
import {sleep} from './waiting.mjs';

/**
 * The effects of tunnels on the connections of a train, by turns. `silent`: nothing arrives and neither end is told; the
 * connection is dead when the link is back. `late`: what was sent arrives when the link is back, as TCP repeats it.
 * `reset`: both ends are told at once.
 */
const KINDS = ['silent', 'late', 'reset'];

class Connection {
  #sockets;
  #isSilent = false;

  constructor(near, far, ended) {
    this.#sockets = [near, far];
    const end = () => {
      if (this.#isSilent) return; // nobody on the train hears of it
      this.close();
      ended();
    };
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on('data', (data) => this.#isSilent || to.write(data));
      from.on('error', end).on('close', end).setNoDelay(true);
    }
  }

  hold() {
    this.#sockets.forEach((socket) => socket.pause());
  }

  release() {
    this.#sockets.forEach((socket) => socket.resume());
  }

  silence() {
    this.#isSilent = true;
  }

  close() {
    this.#sockets.forEach((socket) => socket.destroy());
  }
}

/** The link of a train to a port: it drops `every` ms for `away` ms while the train travels, until it arrives. */
export async function trainLink(port, {every, away}) {
  const link = {port: 0, tunnels: 0};
  const connections = new Set();
  let tunnel = null;
  let hasArrived = false;

  const server = net.createServer((near) => {
    if (tunnel === 'reset') {
      near.destroy();
      return;
    }
    const connection = new Connection(near, net.connect(port, HOST), () => connections.delete(connection));
    connections.add(connection);
    if (tunnel !== null) connection.hold(); // TCP repeats what opens a connection, too
  });

  const enter = () => {
    tunnel = KINDS[link.tunnels++ % KINDS.length];
    const act = {silent: 'silence', late: 'hold', reset: 'close'}[tunnel];
    connections.forEach((each) => each[act]());
    return [...connections];
  };
  const leave = (those) => {
    if (tunnel !== 'late') {
      for (const each of those) {
        each.close();
        connections.delete(each);
      }
    }
    tunnel = null;
    connections.forEach((each) => each.release());
  };

  link.travel = async () => {
    while (!hasArrived) {
      await sleep(every - away);
      if (hasArrived) return;
      const those = enter();
      await sleep(away);
      leave(those);
    }
  };
  link.arrive = () => {
    hasArrived = true;
  };

  await new Promise((resolve) => server.listen(0, HOST, resolve));
  link.port = server.address().port;
  onEnd(() => {
    server.close();
    connections.forEach((each) => each.close());
  });
  return link;
}

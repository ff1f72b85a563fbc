/**
 * Clients that publish to their channels and print what happens to them, for ClusterFaultsIT:
 * node cluster-traffic.mjs --interval MS --clients "PORT=CHANNEL+CHANNEL;PORT=CHANNEL+CHANNEL"
 */
import {createInterface} from 'node:readline';
import {create} from 'socketcluster-client';
import {parseOptions} from './lib/command-line.mjs';
import {memoryAuthEngine} from './lib/clients.mjs';

const {clients, interval} = parseOptions(process.argv.slice(2));
const AUTO_RECONNECT = {initialDelay: 100, randomness: 100, multiplier: 1.2, maxDelay: 500};

let happenings = [];
const print = (...words) => happenings.push(words.join(' '));
const flush = () => {
  if (happenings.length > 0) process.stdout.write(`${happenings.join(';')}\n`);
  happenings = [];
};
setInterval(flush, 200);
process.on('unhandledRejection', (error) => print('error', error?.stack ?? error));

async function forEach(stream, action) {
  for await (const item of stream) action(item);
}

class Client {
  numbers = new Map();
  publishes = 0;
  pending = 0;

  constructor(name, port, channels) {
    this.name = name;
    this.channels = channels;
    this.socket = create({
      hostname: '127.0.0.1',
      port,
      ackTimeout: 8000,
      authEngine: memoryAuthEngine(),
      autoReconnectOptions: AUTO_RECONNECT,
    });
    forEach(this.socket.listener('disconnect'), () => print('disconnected', name, Date.now()));
    forEach(this.socket.listener('error'), () => {});
    forEach(this.socket.receiver('gap'), ({since, until}) => print('gap', name, since, until ?? 'null'));
    for (const each of channels) {
      const channel = this.socket.channel(each);
      forEach(channel, ({by, number}) => print('received', name, each, by, number));
      forEach(channel.listener('subscribe'), () => print('listens', name, each, Date.now()));
      this.socket.subscribe(each);
    }
  }

  get hasSubscribed() {
    return this.channels.every((each) => this.socket.isSubscribed(each));
  }

  async publish() {
    const channel = this.channels[this.publishes++ % this.channels.length];
    const number = (this.numbers.get(channel) ?? 0) + 1;
    this.numbers.set(channel, number);
    const at = Date.now();
    this.pending++;
    try {
      await this.socket.invokePublish(channel, {by: this.name, number});
      print('acknowledged', channel, this.name, number, at, Date.now());
    } catch {
      print('failed');
    }
    this.pending--;
  }
}

const all = clients.split(';').map((each, index) => {
  const [port, channels] = each.split('=');
  return new Client(`stock-${index}`, Number(port), channels.split('+'));
});

const when = async (condition, line) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
  flush();
  process.stdout.write(`${line}\n`);
};
when(() => all.every((each) => each.hasSubscribed), 'subscribed');

let publishing;
createInterface({input: process.stdin}).on('line', (line) => {
  if (line === 'begin') {
    publishing = setInterval(() => all.forEach((each) => each.publish()), interval);
  } else if (line === 'end') {
    clearInterval(publishing);
    when(() => all.every((each) => each.pending === 0), 'ended');
  }
});

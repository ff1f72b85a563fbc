/**
 * The reference's own server, for the cases of the Java client: node reference-server.mjs [--key value ...]
 * It prints "listening on <port>" and ends with its standard input.
 */
import {createServer} from 'node:http';
import codecMinBin from 'sc-codec-min-bin';
import socketClusterServer from 'socketcluster-server';
import {parseOptions} from './lib/command-line.mjs';
import {LateAuthEngine} from './lib/reference/auth-engines.mjs';
import {Gates} from './lib/reference/gates.mjs';
import {serve} from './lib/reference/procedures.mjs';

const {codec, authEngine, compression, ...options} = parseOptions(process.argv.slice(2));
if (codec === 'min-bin') options.codecEngine = codecMinBin;
if (authEngine === 'late') options.authEngine = new LateAuthEngine();
if (compression === 'on') options.perMessageDeflate = true;

const httpServer = createServer();
const server = socketClusterServer.attach(httpServer, options);
const state = {gates: new Gates(), lastPublish: null};

async function decideHandshakes(actions) {
  for await (const action of actions) {
    await state.gates.pass(action);
    action.allow();
  }
}

async function hear(actions) {
  for await (const action of actions) {
    const message = String(action.data);
    if (message.startsWith('[')) (action.socket.batches ??= []).push(JSON.parse(message).length);
    action.allow();
  }
}

async function decideInbound(actions) {
  for await (const action of actions) {
    if (action.type === 'publishIn') state.lastPublish = action.data;
    if (action.type === 'subscribe' && action.channel.startsWith('refused')) {
      const error = new Error(`No ${action.channel} for you`);
      error.name = 'ForbiddenError';
      action.block(error);
      continue;
    }
    await state.gates.pass(action);
    action.allow();
  }
}

async function serveConnections() {
  for await (const {socket} of server.listener('connection')) serve(socket, server, state);
}

server.setMiddleware(server.MIDDLEWARE_HANDSHAKE, decideHandshakes);
server.setMiddleware(server.MIDDLEWARE_INBOUND_RAW, hear);
server.setMiddleware(server.MIDDLEWARE_INBOUND, decideInbound);
serveConnections();

process.stdin.on('end', () => process.exit(0)).resume();
httpServer.listen(0, '127.0.0.1', () => console.log(`listening on ${httpServer.address().port}`));

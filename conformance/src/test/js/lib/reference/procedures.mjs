const USERS = ['alice', 'bob', 'kate', 'Zoë 🦊'];
const TEN_YEARS = 10 * 366 * 24 * 60 * 60;

async function forEach(stream, handle) {
  for await (const item of stream) handle(item);
}

function failure(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

function login(socket, request) {
  const {username} = request.data;
  if (!USERS.includes(username)) {
    request.error(failure('FailedLoginError', 'Failed to login'));
    return;
  }
  socket.setAuthToken({username, exp: Math.round(Date.now() / 1000) + TEN_YEARS});
  request.end();
}

function setAuthKey(server, request) {
  server.signatureKey = request.data;
  server.verificationKey = request.data;
  request.end();
}

function kickOut(socket, request) {
  const {channel} = request.data;
  socket.kickOut(channel, 'You asked for it');
  request.end();
}

async function callBack(socket, request) {
  const {event, data} = request.data;
  try {
    request.end(await socket.invoke(event, data));
  } catch (error) {
    request.error(error);
  }
}

/** A task that takes until the client says that it is finished. */
function serveTasks(socket) {
  const tasks = [];
  forEach(socket.procedure('performTask'), (request) => tasks.push(request));
  forEach(socket.receiver('finishTasks'), () => {
    tasks.splice(0).forEach((request) => request.end('too late'));
    socket.transmit('tasksFinished');
  });
}

/** What both servers of the client's cases offer; the other one is CaseProcedures.java. */
export function serve(socket, server, state) {
  const procedures = {
    echo: (request) => request.end(request.data),
    login: (request) => login(socket, request),
    setAuthKey: (request) => setAuthKey(server, request),
    lastPublish: (request) => request.end(state.lastPublish),
    openGate: (request) => request.end(state.gates.open(request.data)),
    query: (request) => request.end(new URL(socket.request.url, 'http://localhost').search.slice(1)),
    batches: (request) => request.end(socket.batches ?? []),
    kickMe: (request) => kickOut(socket, request),
    callMe: (request) => callBack(socket, request),
  };
  for (const [name, handle] of Object.entries(procedures)) forEach(socket.procedure(name), handle);
  forEach(socket.receiver('foo'), (data) => socket.transmit('fooReceived', data));
  forEach(socket.receiver('disconnectMe'), ({code, reason}) => socket.disconnect(code, reason));
  forEach(socket.receiver('hangUp'), () => socket.terminate());
  serveTasks(socket);
}

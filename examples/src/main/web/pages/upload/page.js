import {create} from '/socketcluster-client.min.js';

const PIECE = 256 * 1024;

const $ = (id) => document.getElementById(id);
const socket = create({ackTimeout: 20000});

/** The address of the page may name an upload of another window. */
const watched = new URLSearchParams(location.search).get('watch');
if (watched) follow(watched);

$('upload').addEventListener('submit', async (event) => {
  event.preventDefault();
  const {file} = event.target.elements;
  try {
    await upload(file.files[0]);
  } catch (error) {
    $('state').textContent = error.message;
  }
});

async function upload(file) {
  let progress = await socket.invoke('begin', {name: file.name, size: file.size});
  const {id} = progress;
  $('watch').href = `?watch=${id}`;
  $('watch').hidden = false;
  show(progress);
  while (progress.received < file.size) {
    const bytes = await base64(file.slice(progress.received, progress.received + PIECE));
    progress = await sent({id, offset: progress.received, bytes});
    show(progress);
  }
}

/** Without an answer nobody knows whether the piece has arrived: the server is asked. */
async function sent(piece) {
  try {
    return await socket.invoke('piece', piece);
  } catch (error) {
    if (error.name !== 'BadConnectionError' && error.name !== 'TimeoutError') throw error;
    $('state').textContent = 'waiting for the connection ...';
    if (socket.state !== socket.OPEN) await socket.listener('connect').once();
    return socket.invoke('progress', piece.id);
  }
}

async function follow(id) {
  const told = socket.subscribe(`upload/${id}`);
  show(await socket.invoke('progress', id));
  for await (const progress of told) show(progress);
}

function show({name, received, size}) {
  $('progress').value = received / size;
  $('state').textContent = `${name}: ${received} of ${size} bytes`;
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

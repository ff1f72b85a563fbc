import {RawClient} from '../raw-client.mjs';
import {forEachOf, sleep, within} from '../waiting.mjs';

const CONCURRENCY = 50;
const PROBE = 424_242;
const PATIENCE = 10_000;
const HANGS = 'hangs';

const EVENTS = [
  '#handshake',
  '#authenticate',
  '#removeAuthToken',
  '#subscribe',
  '#unsubscribe',
  '#publish',
  '#setAuthToken',
  '#kickOut',
  '#disconnect',
];

const SCALARS_AND_OTHERS = ['null', '0', '-1', '1.5', 'true', '""', '"text"', '[]', '["a"]', '{}', '{"a":{}}'];

// JSON texts; undefined: the key is absent.
const DATA = [
  undefined,
  ...SCALARS_AND_OTHERS,
  ...SCALARS_AND_OTHERS.map((value) => `{"channel":${value}}`),
  ...SCALARS_AND_OTHERS.map((value) => `{"channel":"hostile","data":${value}}`),
  ...SCALARS_AND_OTHERS.map((value) => `{"authToken":${value}}`),
  ...SCALARS_AND_OTHERS.map((value) => `{"token":${value}}`),
  '{"channel":"hostile","waitForAuth":"yes","priority":{},"data":[null]}',
  '{"code":"x","data":1}',
];

// Whole numbers up to 2^53: no client counts otherwise, and here nothing else is a call id.
const NUMERIC_CIDS = ['0', '-1', '1e2', '9007199254740991', '-9007199254740991'];
const OTHER_CIDS = [undefined, 'null', '"1"', 'true', '[]', '[1]', '{}', '{"a":1}'];

const isNumeric = (cid) => NUMERIC_CIDS.includes(cid);

const fields = (event, data, cid) =>
  [`"event":${JSON.stringify(event)}`, data && `"data":${data}`, cid && `"cid":${cid}`].filter(Boolean).join();

const packetText = (event, data, cid) => `{${fields(event, data, cid)}}`;

function isValidRequest(event, data) {
  const value = data === undefined ? undefined : JSON.parse(data);
  return (event === '#subscribe' || event === '#publish') && typeof value?.channel === 'string';
}

/** {answer: 'yes' | 'no' | 'maybe', error?: name, codes: close codes, undefined for staying open}. */
function expectation(event, data, cid) {
  switch (event) {
    case '#handshake':
      // A second handshake: the reference does it again; refusing it is as good.
      if (isNumeric(cid)) return {answer: 'maybe', codes: [undefined, 4008, 4009]};
      return {answer: 'no', codes: [4008]};
    case '#authenticate':
      if (isNumeric(cid)) return {answer: 'yes', codes: [undefined]};
      return {answer: 'no', codes: [4008]};
    case '#subscribe':
    case '#publish':
      if (!isNumeric(cid)) return {answer: 'no', codes: [undefined]};
      if (isValidRequest(event, data)) return {answer: 'yes', codes: [undefined]};
      return {answer: 'yes', error: 'InvalidActionError', codes: [undefined]};
    case '#unsubscribe': {
      if (!isNumeric(cid)) return {answer: 'no', codes: [undefined]};
      const value = data === undefined ? undefined : JSON.parse(data);
      // The Swift client sends an object where the others send a string; we take both.
      const isName = typeof value === 'string' || typeof value?.channel === 'string';
      return {answer: 'yes', error: isName ? 'BrokerError' : 'InvalidActionError', codes: [undefined]};
    }
    case '#disconnect':
      // Tolerated: old clients send it before they close.
      return {answer: 'maybe', codes: [undefined, 1000, 1005]};
    default:
      // Not meant for the server, or without an answer in the protocol: as an unknown procedure.
      return {answer: isNumeric(cid) ? 'maybe' : 'no', codes: [undefined]};
  }
}

/** Sends the text, then a call: what was answered, and whether the connection is still up. */
async function outcome(raw, text, cid) {
  let answer;
  if (isNumeric(cid)) raw.answerTo(Number(cid)).then((packet) => (answer = packet));
  const probe = raw.answerTo(PROBE);
  raw.send(text);
  raw.send({event: 'echo', data: 'probe', cid: PROBE});
  const code = await Promise.race([raw.closed, probe.then(() => undefined), sleep(PATIENCE, HANGS, {ref: false})]);
  return {code, answer: () => answer, answers: () => raw.packets.filter(({rid}) => rid !== undefined)};
}

const ended = (code) => (code === HANGS ? 'nothing is answered any more' : `closed with ${code}`);

function verdict(expected, {code, answer, answers}) {
  if (!expected.codes.includes(code)) return ended(code);
  if (expected.answer === 'yes' && !answer()) return 'no answer';
  if (expected.error && answer()?.error?.name !== expected.error) {
    return `answered ${JSON.stringify(answer())}, not ${expected.error}`;
  }
  const extra = answers().length - 1 - (code === undefined ? 1 : 0);
  if (expected.answer === 'no' && extra > 0) return `answered ${JSON.stringify(answers())}`;
  return null;
}

async function afterHandshake(port, {event, data, cid}) {
  const raw = await RawClient.open(port);
  const text = packetText(event, data, cid);
  const expected = expectation(event, data, cid);
  const result = await outcome(raw, text, cid);
  if (expected.answer === 'yes' && result.code === undefined && !result.answer()) {
    // The answer to a call may overtake another one's: one more round trip is enough.
    await raw.invoke('echo');
  }
  const wrong = verdict(expected, result);
  raw.terminate();
  return wrong && `${text}: ${wrong}`;
}

/** As the first packet, whatever its data: it opens the connection, a bad token is a soft error. */
async function asHandshake(port, data) {
  const raw = await RawClient.connect(port);
  const text = packetText('#handshake', data, '7');
  const answer = raw.answerTo(7);
  raw.send(text);
  const packet = await within(Promise.race([answer, raw.closed]), `an end of ${text}`);
  const isOpen = packet?.data?.isAuthenticated === false && (await raw.invoke('echo', 1)).data === 1;
  raw.terminate();
  return isOpen ? null : `${text}: answered ${JSON.stringify(packet)}`;
}

export async function wrongTypes(port) {
  const cases = EVENTS.flatMap((event) =>
    DATA.flatMap((data) => [...NUMERIC_CIDS, ...OTHER_CIDS].map((cid) => ({event, data, cid}))),
  );
  const failures = [];
  const keep = (failure) => failure && failures.push(failure);
  await forEachOf(cases, CONCURRENCY, async (one) => keep(await afterHandshake(port, one)));
  await forEachOf(DATA, CONCURRENCY, async (data) => keep(await asHandshake(port, data)));
  return {count: cases.length + DATA.length, failures};
}

// Not for anybody: raw messages or empty packets. The connection stays up, nothing is answered.
// The reference does not survive the event "__proto__": its connection answers nothing afterwards.
const IGNORED = [
  'raw text',
  'null',
  '42',
  '"string"',
  '{}',
  '[]',
  '[null,1,"x",[],[[]],{}]',
  '{"event":null,"cid":7}',
  '{"event":1,"cid":7}',
  '{"event":{},"cid":7}',
  '{"event":["echo"],"cid":7}',
  '{"rid":null}',
  '{"rid":"7"}',
  '{"rid":7}',
  '{"rid":7,"error":null}',
  '{"rid":-1,"error":{"name":1,"message":[]}}',
  '{"rid":1e308,"data":{}}',
  '{"event":"no such receiver","data":{}}',
  '{"event":"","data":1}',
  '{"event":"#unknown","data":1}',
  '{"event":"echo"}',
  '{"event":"__proto__"}',
  '#1',
  '#2',
  // No JSON, so nobody may take it for the call that it resembles.
  '{"event":"echo","cid":7',
  '{"event":"echo","cid":7}}',
  '{"event":"echo","cid":7} x',
  '{"event":"echo","cid":7,}',
  "{'event':'echo','cid':7}",
  '{event:"echo",cid:7}',
  '{"event":"echo","cid":7,"data":NaN}',
  '{"event":"echo","cid":7,"data":01}',
  '{"event":"echo","cid":7,"data":+1}',
  '{"event":"echo","cid":7,"data":.5}',
  '{"event":"echo","cid":7,"data":"tab\tinside"}',
  '{"event":"echo","cid":7,"data":"\\x41"}',
  '{"event":"echo","cid":7,"data":undefined}',
  '{"event":"echo","cid":7}/* comment */',
  '[{"event":"echo","cid":7}',
  '\u00a0{"event":"echo","cid":7}',
  '\ufeff{"event":"echo","cid":7}',
  '['.repeat(100_000),
  '{"a":'.repeat(100_000),
];

const deep = (levels) => '['.repeat(levels) + ']'.repeat(levels);
const deepObject = (levels) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

// Valid JSON, but beyond reason: an answer, an error, silence or a close are all right, harm is not.
const EXTREME = [
  deep(100_000),
  `{"event":"echo","data":${deep(100_000)},"cid":7}`,
  `{"event":"echo","data":${deepObject(100_000)},"cid":7}`,
  `{"event":"#publish","data":{"channel":"hostile","data":${deep(100_000)}},"cid":7}`,
  `{"event":"#subscribe","data":{"channel":"hostile","data":${deep(100_000)}},"cid":7}`,
  `{"event":"#subscribe","data":{"channel":${deep(100_000)}},"cid":7}`,
  `{"event":"#authenticate","data":${deep(100_000)},"cid":7}`,
  `{"event":"#handshake","data":{"authToken":${deepObject(100_000)}},"cid":7}`,
  `{"event":"echo","cid":${deep(100_000)}}`,
  `{"event":${deep(100_000)},"cid":7}`,
  `{"event":"echo","ignored":${deep(100_000)},"cid":7}`,
  `{"rid":1,"error":${deepObject(100_000)}}`,
  `{"event":"echo","data":1e400,"cid":7}`,
  `{"event":"echo","data":-1e999999999,"cid":7}`,
  `{"event":"echo","data":1e-999999999,"cid":7}`,
  `{"event":"echo","data":${'9'.repeat(300_000)},"cid":7}`,
  `{"event":"echo","cid":${'9'.repeat(300_000)}}`,
  `{"event":"echo","cid":1e999999999}`,
  `{"event":"${'e'.repeat(300_000)}","cid":7}`,
  `{${Array.from({length: 50_000}, (_, i) => `"k${i}":0`).join()}}`,
  `[${Array.from({length: 50_000}, () => '{}').join()}]`,
  `[${Array.from({length: 10_000}, () => '{"event":"#unsubscribe","data":"x","cid":7}').join()}]`,
  '{"event":"echo","event":"alwaysFails","cid":7,"cid":8}',
];

const EXTREME_CODES = [undefined, 1003, 1007, 1008, 1009, 4008, 4009];

async function ignored(port, text) {
  const raw = await RawClient.open(port);
  const wrong = verdict({answer: 'no', codes: [undefined]}, await outcome(raw, text));
  raw.terminate();
  return wrong && `${text.slice(0, 80)}: ${wrong}`;
}

async function extreme(port, text) {
  const raw = await RawClient.open(port);
  const {code} = await outcome(raw, text);
  raw.terminate();
  return EXTREME_CODES.includes(code) ? null : `${text.slice(0, 80)}: ${ended(code)}`;
}

export async function oddTexts(port) {
  const failures = [];
  for (const text of IGNORED) failures.push(await ignored(port, text));
  for (const text of EXTREME) failures.push(await extreme(port, text));
  return {count: IGNORED.length + EXTREME.length, failures: failures.filter(Boolean)};
}

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
      // A second handshake: the reference does it again, we refuse it.
      if (isNumeric(cid)) return {answer: 'yes', error: 'InvalidActionError', codes: [undefined]};
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
      return {answer: 'no', codes: [undefined]};
    default:
      // Not meant for the server, or without an answer in the protocol: as an unknown procedure.
      return {answer: isNumeric(cid) ? 'maybe' : 'no', codes: [undefined]};
  }
}

/** Sends the text, then a call: what was answered to the call id, and whether the connection is still up. */
async function outcome(raw, text, cid) {
  let answer;
  if (cid !== undefined) raw.answerTo(cid).then((packet) => (answer = packet));
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
  const result = await outcome(raw, text, isNumeric(cid) ? Number(cid) : undefined);
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
];

const deep = (levels) => '['.repeat(levels) + ']'.repeat(levels);
const deepObject = (levels) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

// The limits of the server: how deep arrays and objects may nest, the packet included, and how many
// characters a number may have. Over one of them the connection is closed, whether the text is JSON or not.
const MAX_DEPTH = 512;
const MAX_NUMBER_LENGTH = 1000;
const OVER_A_LIMIT_CODE = 1008;

const echoOf = (data) => `{"event":"echo","data":${data},"cid":7}`;

const OVER_A_LIMIT = [
  '['.repeat(100_000),
  '{"a":'.repeat(100_000),
  deep(MAX_DEPTH + 1),
  deep(100_000),
  echoOf(deep(MAX_DEPTH)),
  echoOf(deepObject(MAX_DEPTH)),
  `[${echoOf(deep(MAX_DEPTH - 1))}]`,
  echoOf(deep(100_000)),
  echoOf(deepObject(100_000)),
  `{"event":"#publish","data":{"channel":"hostile","data":${deep(100_000)}},"cid":7}`,
  `{"event":"#subscribe","data":{"channel":"hostile","data":${deep(100_000)}},"cid":7}`,
  `{"event":"#subscribe","data":{"channel":${deep(100_000)}},"cid":7}`,
  `{"event":"#authenticate","data":${deep(100_000)},"cid":7}`,
  `{"event":"#handshake","data":{"authToken":${deepObject(100_000)}},"cid":7}`,
  `{"event":"echo","cid":${deep(100_000)}}`,
  `{"event":${deep(100_000)},"cid":7}`,
  `{"event":"echo","ignored":${deep(100_000)},"cid":7}`,
  `{"rid":1,"error":${deepObject(100_000)}}`,
  echoOf('9'.repeat(MAX_NUMBER_LENGTH + 1)),
  echoOf('9'.repeat(300_000)),
  `{"event":"echo","cid":${'9'.repeat(300_000)}}`,
];

const ANSWERED = [
  echoOf(deep(MAX_DEPTH - 1)),
  echoOf(deepObject(MAX_DEPTH - 1)),
  echoOf('9'.repeat(MAX_NUMBER_LENGTH)),
  echoOf('1e400'),
  echoOf('-1e999999999'),
  echoOf('1e-999999999'),
  `[${Array.from({length: 10_000}, () => '{"event":"#unsubscribe","data":"x","cid":7}').join()}]`,
  '{"event":"alwaysFails","event":"echo","cid":8,"cid":7}',
];

const UNANSWERED = [
  '{"event":"echo","cid":1e999999999}',
  `{"event":"${'e'.repeat(300_000)}","cid":7}`,
  `{${Array.from({length: 50_000}, (_, i) => `"k${i}":0`).join()}}`,
  `[${Array.from({length: 50_000}, () => '{}').join()}]`,
];

async function odd(port, text, expected) {
  const raw = await RawClient.open(port);
  const wrong = verdict(expected, await outcome(raw, text, 7));
  raw.terminate();
  return wrong && `${text.slice(0, 80)}: ${wrong}`;
}

export async function oddTexts(port) {
  const cases = [
    [[...IGNORED, ...UNANSWERED], {answer: 'no', codes: [undefined]}],
    [ANSWERED, {answer: 'yes', codes: [undefined]}],
    [OVER_A_LIMIT, {answer: 'no', codes: [OVER_A_LIMIT_CODE]}],
  ];
  const failures = [];
  for (const [texts, expected] of cases) {
    for (const text of texts) failures.push(await odd(port, text, expected));
  }
  return {count: failures.length, failures: failures.filter(Boolean)};
}

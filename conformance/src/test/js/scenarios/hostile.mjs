import assert from 'node:assert/strict';
import {Bystanders} from '../lib/hostile/bystanders.mjs';
import {oddFrames} from '../lib/hostile/frames.mjs';
import {hangUps} from '../lib/hostile/hang-ups.mjs';
import {oddTexts, wrongTypes} from '../lib/hostile/packets.mjs';

/**
 * Where the reference differs from what is asked here: see the comments in lib/hostile. A call with
 * a numeric cid is answered or closes the connection with a documented code, but for events which
 * have no answer in the protocol or which nobody handles.
 */
export const description =
  'wrong types, odd JSON, broken frames, sudden hang-ups, while two good clients talk; ' +
  '--maxPayload: what the server has, at least 1000000, with the default pings; --only: some of wrongTypes, oddTexts, oddFrames, hangUps with commas';

const LEAST_MAX_PAYLOAD = 1_000_000;

export async function run({port, options: {maxPayload, only}}) {
  assert.ok(maxPayload >= LEAST_MAX_PAYLOAD, `--maxPayload must be at least ${LEAST_MAX_PAYLOAD}`);
  const attacks = {
    wrongTypes: () => wrongTypes(port),
    oddTexts: () => oddTexts(port),
    oddFrames: () => oddFrames(port, maxPayload),
    hangUps: () => hangUps(port),
  };
  const bystanders = await Bystanders.start(port);
  const counts = [];
  const failures = [];
  for (const [name, attack] of Object.entries(attacks)) {
    if (only !== undefined && !only.split(',').includes(name)) continue;
    const result = await attack();
    counts.push(`${name} ${result.count}`);
    failures.push(...result.failures.map((failure) => `${name}: ${failure}`));
  }
  const meanwhile = await bystanders.assertUndisturbed();
  assert.equal(failures.length, 0, `${failures.length} failures\n${failures.slice(0, 50).join('\n')}`);
  return `${counts.join(', ')}; ${meanwhile}`;
}

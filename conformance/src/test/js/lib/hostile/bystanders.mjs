import assert from 'node:assert/strict';
import {collect, connectedClient, roundTrip, subscribed} from '../clients.mjs';
import {eventually, sleep, within} from '../waiting.mjs';

const CHANNEL = 'hostile-bystanders';
const INTERVAL = 20;
const ANSWER_TIMEOUT = 10_000;

/** Two good clients that talk to each other while others attack the server. */
export class Bystanders {
  #talks = true;
  #sent = [];
  #slowest = 0;

  static async start(port) {
    const [talker, listener] = await Promise.all([
      connectedClient(port, {autoReconnect: false}),
      connectedClient(port, {autoReconnect: false}),
    ]);
    const bystanders = new Bystanders();
    bystanders.clients = [talker, listener];
    bystanders.received = collect(await subscribed(listener, CHANNEL));
    bystanders.closes = bystanders.clients.map((client) => collect(client.listener('close')));
    bystanders.talking = bystanders.#talk(talker);
    bystanders.talking.catch(() => {});
    return bystanders;
  }

  async #talk(talker) {
    for (let i = 0; this.#talks; i++) {
      const started = Date.now();
      this.#sent.push(i);
      await within(talker.invokePublish(CHANNEL, i), 'the ack of a good publish', ANSWER_TIMEOUT);
      assert.equal(await within(talker.invoke('echo', i), 'the answer to a good call', ANSWER_TIMEOUT), i);
      this.#slowest = Math.max(this.#slowest, Date.now() - started);
      await sleep(INTERVAL);
    }
  }

  /** Nothing was lost, late beyond all measure or closed. */
  async assertUndisturbed() {
    this.#talks = false;
    const failure = await this.talking.then(
      () => null,
      (error) => error,
    );
    assert.deepEqual(this.closes, [[], []], 'a good client was disconnected');
    assert.equal(failure, null);
    for (const client of this.clients) await roundTrip(client);
    await eventually(() => this.received.length >= this.#sent.length, 'all good publishes have arrived');
    assert.deepEqual(this.received, this.#sent);
    assert.deepEqual(this.closes, [[], []]);
    return `${this.#sent.length} good publishes meanwhile, the slowest took ${this.#slowest} ms`;
  }
}

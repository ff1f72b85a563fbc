/**
 * Lets a test decide how long the server takes. A client that connects with the query
 * hold=<type of action>&gate=<name> has actions of that type held until the gate is opened.
 */
export class Gates {
  #gates = new Map();

  open(name) {
    this.#gate(name).open();
  }

  async pass(action) {
    const request = action.request ?? action.socket.request;
    const query = new URL(request.url, 'http://localhost').searchParams;
    if (query.get('hold') === action.type) await this.#gate(query.get('gate')).isOpen;
  }

  #gate(name) {
    if (!this.#gates.has(name)) {
      const gate = {};
      gate.isOpen = new Promise((resolve) => {
        gate.open = resolve;
      });
      this.#gates.set(name, gate);
    }
    return this.#gates.get(name);
  }
}

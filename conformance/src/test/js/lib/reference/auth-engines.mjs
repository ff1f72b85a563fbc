import {setImmediate as nextTurn} from 'node:timers/promises';
import AuthEngine from 'ag-auth';

/** Signs and verifies as the reference does, but never at once. */
export class LateAuthEngine extends AuthEngine {
  async signToken(...args) {
    await nextTurn();
    return super.signToken(...args);
  }

  async verifyToken(...args) {
    await nextTurn();
    return super.verifyToken(...args);
  }
}

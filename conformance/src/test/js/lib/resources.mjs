/** What a scenario has opened: closed at its end, the last first, however it ended. */
const closers = [];

export function onEnd(close) {
  closers.push(close);
}

export async function closeAll() {
  while (closers.length > 0) {
    const close = closers.pop();
    try {
      await close();
    } catch (error) {
      console.error(`while closing: ${error.message}`);
    }
  }
}

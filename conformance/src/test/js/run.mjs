/**
 * Runs one scenario: node run.mjs <scenario> --port N [--key value ...]
 * Without arguments: the list of the scenarios.
 */
import {readdir} from 'node:fs/promises';
import {parseOptions} from './lib/command-line.mjs';
import {closeAll} from './lib/resources.mjs';

const DEFAULT_TIMEOUT = 60_000;

async function list() {
  const files = await readdir(new URL('scenarios/', import.meta.url));
  for (const file of files.sort()) {
    const {description} = await import(`./scenarios/${file}`);
    console.log(`${file.replace('.mjs', '').padEnd(20)} ${description}`);
  }
}

function fail(scenario, error) {
  process.stderr.write(`failed ${scenario}: ${error?.stack ?? error}\n`, () => process.exit(1));
}

async function main([scenario, ...args]) {
  if (scenario === undefined) {
    await list();
    return;
  }
  const {port, timeout = DEFAULT_TIMEOUT, ...options} = parseOptions(args);
  if (!Number.isInteger(port)) throw new Error('--port is needed');

  // It does not keep the process alive, but ends one that something else keeps alive.
  setTimeout(() => fail(scenario, new Error(`did not end within ${timeout} ms`)), timeout).unref();
  process.on('unhandledRejection', (error) => fail(scenario, error));

  // A pending promise alone keeps no process alive: it would end without a word, and with success.
  let isDone = false;
  const keepAlive = setInterval(() => {}, 1000);
  process.on('exit', () => {
    if (!isDone) process.exitCode ||= 1;
  });

  try {
    const {run} = await import(`./scenarios/${scenario}.mjs`);
    const details = await run({port, options});
    await closeAll();
    isDone = true;
    // Old clients have timers that would keep the process for their ackTimeout.
    process.stdout.write(`ok ${scenario}: ${details}\n`, () => process.exit(0));
  } catch (error) {
    await closeAll();
    fail(scenario, error);
  } finally {
    clearInterval(keepAlive);
  }
}

main(process.argv.slice(2)).catch((error) => fail(process.argv[2], error));

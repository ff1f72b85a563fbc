import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {HOST} from './clients.mjs';
import {onEnd} from './resources.mjs';
import {eventually} from './waiting.mjs';

/** What nginx needs for WebSockets to pass. */
export const UPGRADES =
  'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';

async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** nginx in front of servers, whose configuration can be changed while it runs. */
export class Nginx {
  #directory;
  #process;
  #output = '';
  #version = 0;

  /** @param locations the content of its `server` block, but for the port */
  static async start(locations) {
    const nginx = new Nginx();
    nginx.#directory = await mkdtemp(join(tmpdir(), 'nginx-'));
    await chmod(nginx.#directory, 0o777); // its workers may be another user's
    onEnd(() => rm(nginx.#directory, {recursive: true, force: true}));
    nginx.port = await freePort();
    await nginx.#write(locations);
    nginx.#process = spawn('nginx', ['-p', nginx.#directory, '-e', 'stderr', '-c', 'nginx.conf'], {
      env: {...process.env, PATH: `${process.env.PATH}:/usr/sbin`}, // where Debian has it
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    nginx.#process.stderr.on('data', (text) => (nginx.#output += text));
    const ended = once(nginx.#process, 'exit');
    onEnd(async () => {
      nginx.#process.kill('SIGTERM');
      await ended;
    });
    await nginx.#answersWith(1);
    return nginx;
  }

  async #answersWith(version) {
    const isNow = async () => {
      try {
        const answer = await fetch(`http://${HOST}:${this.port}/nginx-version`);
        return (await answer.text()) === String(version);
      } catch {
        return false; // not up yet, or the connection was one of the configuration before
      }
    };
    await eventually(isNow, () => `nginx has version ${version} of its configuration: ${this.#output}`);
  }

  /** Changes the configuration. Connections of the old one are cut after a second. */
  async reload(locations) {
    const version = await this.#write(locations);
    this.#process.kill('SIGHUP');
    await this.#answersWith(version);
  }

  async #write(locations) {
    const version = ++this.#version;
    await writeFile(
      join(this.#directory, 'nginx.conf'),
      `daemon off; pid nginx.pid; error_log stderr; worker_processes 1; worker_shutdown_timeout 1s;
      events { worker_connections 512; }
      http {
        access_log off;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        server {
          listen ${HOST}:${this.port};
          location = /nginx-version { return 200 ${version}; }
          proxy_http_version 1.1;
          ${locations}
        }
      }`,
    );
    return version;
  }
}

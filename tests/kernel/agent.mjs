// A program in one network namespace of the kernel test: servers that say who they are and whom they see, and clients.
// One JSON document a line in, one out. Started by agents.ts.
import dgram from 'node:dgram';
import net from 'node:net';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { clearTimeout, setTimeout } from 'node:timers';

let open = [];

const closed = (socket) => new Promise((resolve) => socket.close(() => resolve()));

/** Closes what is open, then opens `sockets`: { protocol, port, name, addresses } or { protocol, port, members } for a proxy. */
async function listen({ sockets }) {
  await Promise.all(open.map(closed));
  open = [];
  for (const { protocol, port, name, addresses, members } of sockets) {
    if (protocol === 'TCP') {
      const server = net.createServer((client) => (members ? proxy(client, members) : answer(client, name)));
      open.push(server);
      await new Promise((resolve, reject) => server.once('error', reject).listen(port, '0.0.0.0', 4096, resolve));
      continue;
    }
    // A socket for each address: answers then come from the address that was asked.
    for (const address of addresses) {
      const server = dgram.createSocket('udp4');
      open.push(server);
      server.on('message', (_, peer) => server.send(`${name} ${peer.address}`, peer.port, peer.address));
      await new Promise((resolve, reject) => server.once('error', reject).bind(port, address, resolve));
    }
  }
}

function answer(client, name) {
  client.on('error', () => undefined);
  client.end(`${name} ${client.remoteAddress}`);
}

/** Takes turns among members; ends when its member refuses, hangs while it does not answer. */
function proxy(client, members) {
  const [host, port] = members[0].split(':');
  members.push(members.shift());
  const member = net.connect({ host, port: Number(port) });
  client.on('error', () => member.destroy()).on('close', () => member.destroy());
  member.on('error', () => client.end());
  member.pipe(client);
}

const failures = { ECONNREFUSED: 'refused', ENETUNREACH: 'unreachable', EHOSTUNREACH: 'unreachable', EPERM: 'EPERM' };

function tcp(host, port, timeout) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    let connected = false;
    let text = '';
    const done = (outcome) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const end = () => done(text === '' ? 'closed' : `answered ${text}`);
    const timer = setTimeout(() => done(connected ? 'connected' : 'timeout'), timeout);
    socket.on('connect', () => (connected = true));
    socket.on('data', (data) => (text += data));
    socket.on('end', end);
    socket.on('error', (error) => (connected ? end() : done(failures[error.code] ?? error.code)));
  });
}

function udp(host, port, timeout) {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    const done = (outcome) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      resolve(outcome);
    };
    const timer = setTimeout(() => done('timeout'), timeout);
    socket.on('error', (error) => done(failures[error.code] ?? error.code));
    socket.on('message', (data) => done(`answered ${data}`));
    socket.connect(port, host, (error) => {
      if (error) done(failures[error.code] ?? error.code);
      else socket.send('?', (failed) => failed && done(failures[failed.code] ?? failed.code));
    });
  });
}

/** Several connections; with `first`, one before all the others. */
async function flow({ protocol, host, port, count, timeout, first }) {
  const one = () => (protocol === 'TCP' ? tcp : udp)(host, port, timeout);
  const outcomes = first ? [await one()] : [];
  outcomes.push(...(await Promise.all(Array.from({ length: count - outcomes.length }, one))));
  const counts = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

const commands = { listen, flow };

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...options } = JSON.parse(line);
  commands[command](options).then(
    (result) => process.stdout.write(JSON.stringify({ id, result }) + '\n'),
    (error) => process.stdout.write(JSON.stringify({ id, error: String(error) }) + '\n'),
  );
}
process.exit(0);

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** A platform by SCORM, as a page: knows the elements and words that its standard allows, keeps them, and notes every call in `window.calls`. */
const scormHost = (edition: '12' | '2004', kept: Record<string, string>, broken: boolean): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>LMS</title>
<script>
  const is12 = ${edition === '12'}, broken = ${broken};
  window.calls = [];
  window.data = ${JSON.stringify(kept)};
  const decimal = (from, to) => (value) => /^-?\\d+(\\.\\d+)?$/.test(value) && Number(value) >= from && Number(value) <= to;
  const oneOf = (...words) => (value) => words.includes(value);
  const text = (most) => (value) => value.length <= most;
  const writable = is12 ? {
    'cmi.core.score.min': decimal(0, 100), 'cmi.core.score.max': decimal(0, 100), 'cmi.core.score.raw': decimal(0, 100),
    'cmi.core.lesson_status': oneOf('passed', 'completed', 'failed', 'incomplete', 'browsed'),
    'cmi.core.lesson_location': text(255), 'cmi.suspend_data': text(4096),
    'cmi.core.session_time': (value) => /^\\d{2,4}:[0-5]\\d:[0-5]\\d(\\.\\d{1,2})?$/.test(value),
    'cmi.core.exit': oneOf('time-out', 'suspend', 'logout', ''),
  } : {
    'cmi.score.min': decimal(-1e9, 1e9), 'cmi.score.max': decimal(-1e9, 1e9), 'cmi.score.raw': decimal(-1e9, 1e9), 'cmi.score.scaled': decimal(-1, 1),
    'cmi.progress_measure': decimal(0, 1), 'cmi.completion_status': oneOf('completed', 'incomplete', 'not attempted', 'unknown'),
    'cmi.success_status': oneOf('passed', 'failed', 'unknown'), 'cmi.location': text(1000), 'cmi.suspend_data': text(64000),
    'cmi.session_time': (value) => /^P(?=.)(\\d+Y)?(\\d+M)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,2})?S)?)?$/.test(value),
    'cmi.exit': oneOf('time-out', 'suspend', 'logout', 'normal', ''),
  };
  const readable = is12
    ? { 'cmi.core.student_id': 'kim', 'cmi.core.student_name': 'Kim, Min', 'cmi.core.lesson_status': 'not attempted', 'cmi.core.lesson_location': '', 'cmi.suspend_data': '' }
    : { 'cmi.learner_id': 'kim', 'cmi.learner_name': 'Kim, Min', 'cmi.completion_status': 'unknown', 'cmi.location': '', 'cmi.suspend_data': '' };
  let state = 'before', error = '0';
  const answer = (good, code) => ((error = good ? '0' : code), String(good));
  const note = (name, act) => (...args) => {
    const result = act(...args);
    calls.push([name, ...args, result]);
    return result;
  };
  const call = {
    Initialize: (empty) => answer(!broken && empty === '' && state === 'before' && !!(state = 'running'), '101'),
    Terminate: (empty) => answer(empty === '' && state === 'running' && !!(state = 'after'), '112'),
    Commit: (empty) => answer(empty === '' && state === 'running', '142'),
    GetValue: (name) => (answer(state === 'running' && name in readable, '301'), state === 'running' ? (data[name] ?? readable[name] ?? '') : ''),
    SetValue: (name, value) => {
      const good = state === 'running' && typeof value === 'string' && !!writable[name]?.(value);
      if (good) data[name] = value;
      return answer(good, '405');
    },
    GetLastError: () => error,
    GetErrorString: () => 'refused',
  };
  window[is12 ? 'API' : 'API_1484_11'] = Object.fromEntries(
    Object.entries(call).map(([name, act]) => { const full = is12 ? 'LMS' + (name === 'Terminate' ? 'Finish' : name) : name; return [full, note(full, act)]; }),
  );
</script>
<iframe src="/content/scorm${edition}/lms.html" title="course" width="1000" height="800"></iframe></html>`;

interface Statement {
  id: string;
  actor: object;
  verb: { id: string };
  object: { id: string };
  result?: Record<string, unknown>;
  context: { registration: string; contextActivities: Record<string, { id: string }[]>; extensions: Record<string, unknown> };
  timestamp: string;
}

/** What the platform by cmi5 was asked and told. */
interface Xapi {
  requests: string[];
  statements: Statement[];
  states: Map<string, string>;
}

export const actor = { objectType: 'Agent', name: 'Kim Min', account: { homePage: 'https://lms.example', name: 'kim' } };
export const registration = '0b5b2f9c-32f5-4a25-8c44-6f8f6a3d8b10';
export const activityId = 'https://lms.example/activity/1';
export const sessionId = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/**
 * A learning platform on a free port that has the packages of `folder` below /content/: `/scorm12.html` and `/scorm2004.html` by SCORM, the
 * addresses of `cmi5Launch` by cmi5. A folder without a file's name is not found there, as on many platforms.
 */
export async function fakeLms(folder: string) {
  const xapi: Xapi = { requests: [], statements: [], states: new Map() };
  const kept: Record<string, Record<string, string>> = { '12': {}, '2004': {} };
  let tokens = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://lms');
      const send = (status: number, body: string, type = 'application/json') =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      const host = /^\/scorm(12|2004)\.html$/.exec(url.pathname)?.[1] as '12' | '2004' | undefined;
      if (host) return send(200, scormHost(host, kept[host]!, url.searchParams.has('broken')), 'text/html; charset=utf-8');
      if (url.pathname.startsWith('/content/')) {
        const file = path.join(folder, path.normalize(decodeURIComponent(url.pathname.slice('/content/'.length))));
        if (!existsSync(file) || !statSync(file).isFile()) return send(404, 'not found', 'text/plain');
        response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
        return createReadStream(file).pipe(response);
      }
      if (url.pathname === '/fetch') {
        tokens += 1;
        xapi.requests.push(`${request.method} fetch`);
        return url.searchParams.get('used') === 'yes'
          ? send(200, '{"error-code":"1","error-text":"already in use"}')
          : send(200, JSON.stringify({ 'auth-token': `token-${tokens}` }));
      }
      if (url.pathname === '/done') return send(200, '<title>Back at the LMS</title>', 'text/html; charset=utf-8');
      if (!url.pathname.startsWith('/xapi/')) return send(404, '');
      const what = url.pathname.slice('/xapi/'.length);
      if (request.headers.authorization !== `Basic token-${tokens}` || request.headers['x-experience-api-version'] !== '1.0.3')
        return send(401, '');
      const stateId = url.searchParams.get('stateId') ?? '';
      const about =
        [url.searchParams.get('activityId'), url.searchParams.get('registration')].join() === [activityId, registration].join();
      xapi.requests.push(`${request.method} ${what} ${stateId || (url.searchParams.get('profileId') ?? '')}`.trim());
      if (what === 'agents/profile') return send(200, '{"languagePreference":"en-US,ko"}');
      if (what === 'activities/state' && about && request.method === 'GET') {
        const state = xapi.states.get(stateId);
        return state === undefined ? send(404, '') : send(200, state);
      }
      if (what === 'activities/state' && about && request.method === 'PUT') {
        xapi.states.set(stateId, await bodyOf(request));
        return send(204, '');
      }
      if (what === 'statements' && request.method === 'POST') {
        xapi.statements.push(...(JSON.parse(await bodyOf(request)) as Statement[]));
        return send(200, '[]');
      }
      return send(400, '');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  xapi.states.set(
    'LMS.LaunchData',
    JSON.stringify({
      contextTemplate: {
        extensions: { [sessionId]: 'session-1' },
        contextActivities: { grouping: [{ id: 'urn:uuid:8c1a4f36-6e0d-4b7a-b1c4-90d2f3a7e852' }] },
      },
      launchMode: 'Normal',
      launchMethod: 'AnyWindow',
      moveOn: 'Completed',
      returnURL: `${address}/done`,
    }),
  );
  return {
    address,
    xapi,
    /** What the next launch by SCORM finds. */
    keep: (edition: '12' | '2004', data: Record<string, string>) => void (kept[edition] = data),
    cmi5Launch: (used = 'no') =>
      `${address}/content/cmi5/lms.html?${new URLSearchParams({
        endpoint: `${address}/xapi/`,
        fetch: `${address}/fetch?used=${used}`,
        actor: JSON.stringify(actor),
        registration,
        activityId,
      })}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

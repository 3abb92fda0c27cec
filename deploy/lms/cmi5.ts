import { hundredths, isoDuration, type Launched, type Platform, type Report } from './platform';

const CMI5_CATEGORY = { id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' };
const MOVE_ON_CATEGORY = { id: 'https://w3id.org/xapi/cmi5/context/categories/moveon' };
const PROGRESS = 'https://w3id.org/xapi/cmi5/result/extensions/progress';
const VERBS = {
  initialized: 'http://adlnet.gov/expapi/verbs/initialized',
  progressed: 'http://adlnet.gov/expapi/verbs/progressed',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  passed: 'http://adlnet.gov/expapi/verbs/passed',
  terminated: 'http://adlnet.gov/expapi/verbs/terminated',
} as const;

/** The state document of our own: what `Launched.kept` is, and what may be said only once in a registration. */
const STATE = 'packet-to-pod';
const MOST_KEPT = 64_000;

interface State {
  kept?: unknown;
  location?: unknown;
  completed?: unknown;
  passed?: unknown;
}

interface LaunchData {
  contextTemplate?: { contextActivities?: Record<string, unknown[]>; extensions?: Record<string, unknown> };
  launchMode?: string;
  returnURL?: string;
  masteryScore?: number;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The platform that the address of this page names; undefined where it names none. */
export function findCmi5(address: URL): Platform | undefined {
  const [endpoint, fetchUrl, actorText, registration, activityId] = [
    'endpoint',
    'fetch',
    'actor',
    'registration',
    'activityId',
  ].map((name) => address.searchParams.get(name));
  if (!endpoint || !fetchUrl || !actorText || !registration || !activityId) return undefined;

  let token = '';
  let data: LaunchData = {};
  let begun = 0;
  let said: { completed: boolean; passed: boolean } = { completed: false, passed: false };
  let lastProgress = -1;
  let stored = '';

  const request = async (path: string, query: Record<string, string>, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(path, endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await fetch(url, {
      ...init,
      // The last requests go out while the page is left.
      keepalive: init.method !== undefined,
      headers: {
        Authorization: `Basic ${token}`,
        'X-Experience-API-Version': '1.0.3',
        ...(init.body ? { 'Content-Type': 'application/json' } : {}),
      },
    });
    if (!response.ok && response.status !== 404) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status}`);
    return response;
  };
  const stateOf = (stateId: string) => ({ activityId, agent: actorText, registration, stateId });

  /** cmi5-defined statements carry its category; those that count for moving on a second one. `progressed` is an allowed one, without. */
  const statement = (verb: keyof typeof VERBS, result?: object) => {
    const { contextActivities = {}, extensions = {} } = data.contextTemplate ?? {};
    const categories = [
      ...(contextActivities.category ?? []),
      ...(verb === 'progressed' ? [] : [CMI5_CATEGORY]),
      ...(verb === 'completed' || verb === 'passed' ? [MOVE_ON_CATEGORY] : []),
    ];
    return {
      id: crypto.randomUUID(),
      actor: JSON.parse(actorText) as object,
      verb: { id: VERBS[verb], display: { en: verb } },
      object: { objectType: 'Activity', id: activityId },
      ...(result && { result }),
      context: {
        ...data.contextTemplate,
        registration,
        contextActivities: { ...contextActivities, ...(categories.length > 0 && { category: categories }) },
        extensions: {
          ...extensions,
          ...(verb === 'passed' &&
            data.masteryScore !== undefined && {
              'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': data.masteryScore,
            }),
        },
      },
      timestamp: new Date().toISOString(),
    };
  };
  const say = (verb: keyof typeof VERBS, result?: object) =>
    request('statements', {}, { method: 'POST', body: JSON.stringify([statement(verb, result)]) });

  const duration = () => isoDuration(hundredths(begun, Date.now()));

  /** One after the other: the order of statements is part of the standard. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act, act);
    last = done.catch(() => undefined);
    return done;
  };

  const tell = async (report: Report): Promise<void> => {
    // In the modes Browse and Review nothing counts.
    if ((data.launchMode ?? 'Normal') !== 'Normal') return;
    const progress = Math.floor(report.progress * 100);
    if (progress !== lastProgress && progress > 0) {
      await say('progressed', { extensions: { [PROGRESS]: progress } });
      lastProgress = progress;
    }
    if (report.completed && !said.completed) {
      await say('completed', { completion: true, duration: duration() });
      said = { ...said, completed: true };
    }
    const { masteryScore } = data;
    if (report.passed && !said.passed && (masteryScore === undefined || report.score >= masteryScore)) {
      const score = masteryScore === undefined ? {} : { score: { scaled: Math.round(report.score * 10_000) / 10_000 } };
      await say('passed', { success: true, ...score, duration: duration() });
      said = { ...said, passed: true };
    }
    const document = JSON.stringify({ kept: report.kept(MOST_KEPT), location: report.location, ...said });
    if (document !== stored) {
      await request('activities/state', stateOf(STATE), { method: 'PUT', body: document });
      stored = document;
    }
  };

  return {
    launch: () =>
      inTurn(async () => {
        begun = Date.now();
        const granted = (await (await fetch(fetchUrl, { method: 'POST' })).json()) as Record<string, unknown>;
        token = text(granted['auth-token']);
        if (!token) throw new Error(`fetch: ${text(granted['error-code'])} ${text(granted['error-text'])}`);
        const response = await request('activities/state', stateOf('LMS.LaunchData'));
        if (!response.ok) throw new Error('LMS.LaunchData: 404');
        data = (await response.json()) as LaunchData;
        const wishes = await request('agents/profile', { agent: actorText, profileId: 'cmi5LearnerPreferences' });
        const preferred = wishes.ok ? text(((await wishes.json()) as Record<string, unknown>).languagePreference) : '';
        const before = await request('activities/state', stateOf(STATE));
        const state = (before.ok ? await before.json() : {}) as State;
        said = { completed: state.completed === true, passed: state.passed === true };
        await say('initialized');
        const actor = JSON.parse(actorText) as { name?: unknown; account?: unknown };
        return {
          learner: JSON.stringify(actor.account ?? actor),
          name: text(actor.name),
          location: text(state.location),
          kept: text(state.kept),
          language: preferred.split(',')[0]!.trim(),
        } satisfies Launched;
      }),
    report: (report) => inTurn(() => tell(report)),
    end: (report) =>
      inTurn(async () => {
        try {
          await tell(report);
        } finally {
          await say('terminated', { duration: duration() });
        }
        return data.returnURL;
      }),
  };
}

import { hundredths, isoDuration, type Launched, type Platform, type Report } from './platform';

/** What both editions of SCORM call their functions; the names differ by edition. */
type Api = Record<string, (...args: string[]) => unknown>;

/** What differs between the editions: names of functions, names and forms of what is kept. */
interface Edition {
  api: string;
  call: { start: string; end: string; get: string; set: string; commit: string; error: string; text: string };
  learner: string;
  name: string;
  location: { name: string; most: number };
  kept: number;
  /** Elements to write for a report, in their order. `now`: what the platform has. */
  elements(report: Report, now: (element: string) => string): [string, string][];
  /** Elements that end a session. @param time hundredths of a second that it took */
  ending(report: Report, time: number): [string, string][];
}

const two = (count: number) => String(count).padStart(2, '0');
const rounded = (share: number) => String(Math.round(share * 10_000) / 10_000);
const percent = (share: number) => String(Math.round(share * 100));

/** SCORM 1.2 has one status for both: `passed` is said once the lessons are complete too, and a status is never taken back. */
function status12({ completed, passed }: Report, now: string): string {
  if (now === 'passed') return now;
  if (completed) return passed ? 'passed' : 'completed';
  return now === 'completed' ? now : 'incomplete';
}

export const scorm12: Edition = {
  api: 'API',
  call: {
    start: 'LMSInitialize',
    end: 'LMSFinish',
    get: 'LMSGetValue',
    set: 'LMSSetValue',
    commit: 'LMSCommit',
    error: 'LMSGetLastError',
    text: 'LMSGetErrorString',
  },
  learner: 'cmi.core.student_id',
  name: 'cmi.core.student_name',
  location: { name: 'cmi.core.lesson_location', most: 255 },
  kept: 4096,
  elements: (report, now) => [
    ['cmi.core.score.min', '0'],
    ['cmi.core.score.max', '100'],
    ['cmi.core.score.raw', percent(report.score)],
    ['cmi.core.lesson_status', status12(report, now('cmi.core.lesson_status'))],
  ],
  ending: ({ completed }, time) => [
    [
      'cmi.core.session_time',
      `${String(Math.min(9999, Math.floor(time / 360_000))).padStart(4, '0')}:${two(Math.floor(time / 6000) % 60)}:${two(Math.floor(time / 100) % 60)}.${two(time % 100)}`,
    ],
    ['cmi.core.exit', completed ? '' : 'suspend'],
  ],
};

export const scorm2004: Edition = {
  api: 'API_1484_11',
  call: {
    start: 'Initialize',
    end: 'Terminate',
    get: 'GetValue',
    set: 'SetValue',
    commit: 'Commit',
    error: 'GetLastError',
    text: 'GetErrorString',
  },
  learner: 'cmi.learner_id',
  name: 'cmi.learner_name',
  location: { name: 'cmi.location', most: 1000 },
  kept: 64_000,
  elements: (report, now) => [
    ['cmi.score.min', '0'],
    ['cmi.score.max', '100'],
    ['cmi.score.raw', percent(report.score)],
    ['cmi.score.scaled', rounded(report.score)],
    ['cmi.progress_measure', rounded(report.progress)],
    ['cmi.completion_status', report.completed || now('cmi.completion_status') === 'completed' ? 'completed' : 'incomplete'],
    // Not passed is not failed: then nothing is said, and the status stays what it was.
    ...(report.passed ? [['cmi.success_status', 'passed'] as [string, string]] : []),
  ],
  ending: ({ completed }, time) => [
    ['cmi.session_time', isoDuration(time)],
    ['cmi.exit', completed ? 'normal' : 'suspend'],
  ],
};

/** Looks for the platform's object as the standards say: in the frames around this window, then in the window that opened it and around that. */
function findApi(start: Window, name: string): Api | undefined {
  const around = (from: Window): Api | undefined => {
    let at = from;
    for (let depth = 0; depth < 500; depth++) {
      try {
        const found = (at as unknown as Record<string, Api | undefined>)[name];
        if (found) return found;
      } catch {
        return undefined; // another origin
      }
      if (at.parent === at) return undefined;
      at = at.parent;
    }
    return undefined;
  };
  const opener = (() => {
    try {
      return (start.top?.opener ?? start.opener) as Window | null;
    } catch {
      return null;
    }
  })();
  return around(start) ?? (opener ? around(opener) : undefined);
}

/** The platform around this window; undefined where there is none. */
export function findScorm(start: Window, edition: Edition): Platform | undefined {
  const found = findApi(start, edition.api);
  if (!found) return undefined;
  const { call } = edition;
  const ask = (name: string, ...args: string[]): string => String(found[name]!(...args));
  const check = (name: string, ...args: string[]): void => {
    if (ask(name, ...args) === 'true') return;
    const code = ask(call.error);
    throw new Error(`${name}(${args.map((arg) => `"${arg.slice(0, 60)}"`).join(', ')}): ${code} ${ask(call.text, code)}`);
  };
  const get = (element: string) => ask(call.get, element);
  const written = new Map<string, string>();
  /** Writes what is not there yet. All are tried; the first that is refused is thrown then. */
  const write = (elements: [string, string][]): void => {
    const refused: unknown[] = [];
    for (const [element, value] of elements) {
      if (written.get(element) === value) continue;
      try {
        check(call.set, element, value);
        written.set(element, value);
      } catch (error) {
        refused.push(error);
      }
    }
    if (refused.length > 0) throw refused[0];
  };
  const now = (element: string) => written.get(element) ?? get(element);
  const all = (report: Report): [string, string][] => [
    ...edition.elements(report, now),
    [edition.location.name, report.location.slice(0, edition.location.most)],
    ['cmi.suspend_data', report.kept(edition.kept)],
  ];
  let begun = 0;
  return {
    launch() {
      begun = Date.now();
      check(call.start, '');
      return Promise.resolve<Launched>({
        learner: get(edition.learner),
        name: get(edition.name),
        location: get(edition.location.name),
        kept: get('cmi.suspend_data'),
        language: '',
      });
    },
    report(report) {
      try {
        write(all(report));
      } finally {
        check(call.commit, '');
      }
      return Promise.resolve();
    },
    end(report) {
      try {
        write([...all(report), ...edition.ending(report, hundredths(begun, Date.now()))]);
        check(call.commit, '');
      } finally {
        check(call.end, '');
      }
      return Promise.resolve(undefined);
    },
  };
}

import { compactProgress, readCompact } from '../../src/lab/progress/compact';
import { learnerKey } from '../../src/lab/progress/keys';
import { mergeProgress } from '../../src/lab/progress/merge';
import { countGoals, readProgress, writeProgress, type CountedLesson } from '../../src/lab/progress/stored';
import { findCmi5 } from './cmi5';
import { switchLearner } from './learner';
import type { Platform, Report } from './platform';
import { findScorm, scorm12, scorm2004 } from './scorm';
import type { Settings } from './settings';
import { words } from './words';

/** The script of the page that a learning platform opens: shows the site in a frame and tells the platform how far the learner is. */
const settings = JSON.parse(document.getElementById('settings')!.textContent) as Settings;
const frame = document.querySelector('iframe')!;
const status = document.querySelector<HTMLElement>('[role=status]')!;
const button = document.querySelector('button')!;
let { language } = settings;
const site = new URL('./', location.href);

function say(text: string, detail?: unknown): void {
  status.textContent = detail === undefined ? text : `${text} (${detail instanceof Error ? detail.message : String(detail)})`;
}

function setLanguage(next: 'ko' | 'en'): void {
  language = next;
  document.documentElement.lang = next;
  document.title = words[next].title;
  button.textContent = words[next].end;
}

function findPlatform(): Platform | undefined {
  if (settings.standard === 'cmi5') return findCmi5(new URL(location.href));
  return findScorm(window, settings.standard === 'scorm12' ? scorm12 : scorm2004);
}

/** The page in the frame, below the site's folder; '' when it is none of ours. */
function place(): string {
  try {
    const { href } = frame.contentWindow!.location;
    return href.startsWith(site.href) ? href.slice(site.href.length).replace(/[?#].*/, '') : '';
  } catch {
    return '';
  }
}

/** A page that a platform remembered, if the site could have it: the name of its file, for hosts that know no folders. */
function pageOf(remembered: string): string {
  const [folder] = /^(?:en\/)?(?:(?:learn\/[a-z0-9-]+|playground|progress|support)\/)?(?=$|index\.html$)/.exec(remembered) ?? [];
  return `${folder || (language === 'en' ? 'en/' : '')}index.html`;
}

function storageOf(): Storage | undefined {
  try {
    localStorage.setItem('lms-probe', '1');
    localStorage.removeItem('lms-probe');
    return localStorage;
  } catch {
    return undefined;
  }
}

const now = () => new Date().toISOString();
const lessons = settings.course.filter(({ id }) => id !== 'exam');
const exam = settings.course.filter(({ id }) => id === 'exam');

function reportOf(storage: Storage): Report {
  const progress = readProgress(storage, settings.course, now());
  const share = (course: CountedLesson[]) => {
    const { reached, all } = countGoals(course, progress);
    return all === 0 ? 0 : reached / all;
  };
  return {
    score: share(settings.course),
    progress: share(lessons),
    completed: share(lessons) === 1,
    passed: share(exam) === 1,
    location: place(),
    kept: (most) => compactProgress(progress, most),
  };
}

async function run(): Promise<void> {
  setLanguage(language);
  say(words[language].connecting);
  const storage = storageOf();
  const platform = findPlatform();
  let remembered = '';
  let launched = false;
  try {
    const told = await platform?.launch();
    if (told) {
      launched = true;
      remembered = told.location;
      if (/^(?:ko|en)\b/i.test(told.language)) setLanguage(told.language.slice(0, 2).toLowerCase() as 'ko' | 'en');
      if (storage) {
        if (told.learner) switchLearner(storage, told.learner);
        const kept = readCompact(told.kept, now());
        if (kept) writeProgress(storage, settings.course, mergeProgress(readProgress(storage, settings.course, now()), kept));
        if (told.name && !storage.getItem(learnerKey)) storage.setItem(learnerKey, told.name);
      }
    }
  } catch (error) {
    say(words[language].failed, error);
  }
  frame.src = pageOf(remembered);
  if (!launched || !platform) {
    if (!platform) say(words[language].none);
    button.hidden = true;
    return;
  }
  if (storage) follow(platform, storage);
  else {
    say(words[language].noStorage);
    const nothing: Report = { score: 0, progress: 0, completed: false, passed: false, location: '', kept: () => '' };
    leaveBy(platform, () => nothing);
  }
}

/** Reports what changes, and the end. */
function follow(platform: Platform, storage: Storage): void {
  let latest = reportOf(storage);
  let told = '';
  const report = async () => {
    const next = reportOf(storage);
    const sign = JSON.stringify([next, next.kept(Infinity)]);
    if (sign === told) return;
    told = sign;
    try {
      await platform.report(next);
      latest = next;
      const { reached, all } = countGoals(settings.course, readProgress(storage, settings.course, now()));
      say(words[language].reported(reached, all));
    } catch (error) {
      say(words[language].failed, error);
    }
  };
  void report();
  // The lessons write in the frame, which is another document: this one hears of it. The page that is open is looked for.
  const heard = () => void report();
  window.addEventListener('storage', heard);
  const timer = setInterval(heard, 5000);
  leaveBy(
    platform,
    // While the page goes away only one message is sure to leave: what was told already is not told again.
    (leaving) => (leaving ? latest : reportOf(storage)),
    () => {
      window.removeEventListener('storage', heard);
      clearInterval(timer);
    },
  );
}

/** Ends the session once: by the button, or when the page goes away. */
function leaveBy(platform: Platform, last: (leaving: boolean) => Report, stop?: () => void): void {
  let ended = false;
  const end = async (leaving: boolean) => {
    if (ended) return;
    ended = true;
    stop?.();
    button.hidden = true;
    try {
      const back = await platform.end(last(leaving));
      frame.hidden = true;
      say(words[language].ended);
      if (back && /^https?:/.test(new URL(back, location.href).href)) location.assign(back);
    } catch (error) {
      say(words[language].failed, error);
    }
  };
  button.addEventListener('click', () => void end(false));
  window.addEventListener('pagehide', () => void end(true));
}

void run();

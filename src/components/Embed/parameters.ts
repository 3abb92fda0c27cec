import { translate } from '@docusaurus/Translate';
import { seedOf } from '../../lab/exam/name';
import { playgroundOptions } from '../../lab/scenarios/playground';
import { isTheme, type Theme } from './protocol';

/** What an embed's page says about itself; the build writes it there as JSON. */
export interface EmbedPage {
  /** The folder below embed/. */
  id: string;
  lang: 'ko' | 'en';
  /** The scenario of its lab. */
  scenario: string;
  /** The ids of that lab's goals. */
  goals: string[];
  /** The widget it is about; undefined: a whole lab. */
  widget?: string;
  /** Its views, the first first. */
  views: string[];
  /** Every scenario with a fixed name. */
  scenarios: string[];
}

export interface EmbedParameters {
  lang: 'ko' | 'en';
  theme: Theme;
  /** The view that is open first. */
  view: string;
  /** How many of the goals are reached when the reader arrives. */
  step: number;
  /** CSS px that the embed takes, whatever its content; `auto`: as its content needs. */
  height: number | 'auto';
  /** Nothing but the picture is loaded before the reader asks for it. */
  click: boolean;
  scenario: string;
}

const heights = { least: 200, most: 4000 };
const LONGEST_SHOWN = 40;

/**
 * The parameters in an embed's address. What makes no sense is as if it were not there, and `problems` says so in the page's language.
 * @param search the address's query, `?theme=dark`
 */
export function readParameters(search: string, page: EmbedPage): { values: EmbedParameters; problems: string[] } {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  const take = <T>(name: string, otherwise: T, allowed: string, read: (text: string) => T | undefined): T => {
    const text = query.get(name);
    if (text === null) return otherwise;
    const value = read(text);
    if (value !== undefined) return value;
    const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
    problems.push(
      translate(
        { id: 'widget.embed.badValue', message: '주소의 값을 쓸 수 없어 무시했다: {name}={value} (쓸 수 있는 값: {allowed})' },
        { name, value: shown, allowed },
      ),
    );
    return otherwise;
  };
  const whole = (least: number, most: number) => (text: string) =>
    /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined;
  const own = query.get('scenario');
  const known = (name: string) =>
    page.scenarios.includes(name) || seedOf(name) !== undefined || playgroundOptions(name) ? name : undefined;
  const other = own !== null && own !== page.scenario && known(own) !== undefined;
  const values: EmbedParameters = {
    lang: take('lang', page.lang, 'ko, en', (text) => (text === 'ko' || text === 'en' ? text : undefined)),
    theme: take('theme', 'auto', 'light, dark, auto', (text) => (isTheme(text) ? text : undefined)),
    view: take('view', page.views[0]!, page.views.join(', '), (text) => (page.views.includes(text) ? text : undefined)),
    step: take('step', 0, `0–${page.goals.length}`, whole(0, other ? 9999 : page.goals.length)),
    height: take<number | 'auto'>('height', 'auto', `auto, ${heights.least}–${heights.most}`, (text) =>
      text === 'auto' ? text : whole(heights.least, heights.most)(text),
    ),
    click: take('ctl', false, '0, 1', (text) => ({ 0: false, 1: true })[text]),
    scenario: take(
      'scenario',
      page.scenario,
      translate({ id: 'widget.embed.scenarios', message: '레슨의 이름, playground-…, exam-…' }),
      known,
    ),
  };
  return { values, problems };
}

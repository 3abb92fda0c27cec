import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parts, plan } from '../../course';
import { terms } from '../../src/components/Glossary/terms';
import { folders, lessonPaths, readLesson } from './mdx';

const written = parts.flatMap(({ lessons }) => lessons);
const planned = plan.flatMap(({ lessons }) => lessons);

/** What Korean texts elsewhere write, by the term that ours use. */
const otherWords: Record<string, readonly string[]> = {
  쿠버네티스: ['쿠버네티즈', '쿠베르네티스'],
  파드: ['포드', '팟'],
  레이블: ['라벨'],
  셀렉터: ['선택자', '실렉터'],
  어노테이션: ['애노테이션', '주해'],
  오브젝트: ['객체'],
  매니페스트: ['메니페스트', '매니패스트'],
  셸: ['쉘'],
  '컨트롤 플레인': ['컨트롤플레인', '제어 평면'],
  '네임스페이스(Namespace)': ['이름공간', '네임 스페이스'],
  '네트워크폴리시(NetworkPolicy)': ['네트워크 폴리시', '네트워크 정책'],
  '컨피그맵(ConfigMap)': ['컨피그 맵'],
  레플리카: ['복제본', '리플리카'],
  '클러스터 IP': ['클러스터IP', '클러스터 아이피'],
  '노드 포트': ['노드포트'],
  '로드 밸런서': ['로드밸런서', '부하 분산기'],
  '엔드포인트슬라이스(EndpointSlice)': ['엔드포인트 슬라이스', '엔드 포인트'],
  '세션 어피니티(Affinity)': ['세션 고정', '세션 친화'],
  '준비성 프로브(readiness probe)': ['준비 프로브', '레디니스'],
  마스커레이딩: ['마스커레이드', '마스쿼레이드'],
  '대상 NAT': ['목적지 NAT'],
  '소스 NAT': ['출발지 NAT'],
  '환경 변수': ['환경변수'],
  헤드리스: ['헤드레스', '헤들리스'],
};

/** Terms written as 한글(English) at first use, but for 엔드포인트, which is a term by itself as well. */
const bilingual = terms.flatMap(({ ko }) => {
  const [, hangul = '', english = ''] = /^([가-힣 ]+)\((.+)\)$/.exec(ko) ?? [];
  return hangul && !terms.some((other) => other.ko === hangul) ? [{ hangul, english }] : [];
});

/** What a page says in sentences: no code, headings, link targets or words of others. */
function sentences(path: string): string {
  return readFileSync(join(folders.ko, path), 'utf8')
    .replace(/^---[^]*?\n---/, '')
    .replace(/```[^]*?```/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/^[#>].*$/gm, '')
    .replace(/\]\([^)]*\)/g, ']');
}

describe('the glossary', () => {
  it.each(terms.map((term) => [term.id, term] as const))('%s is explained at headings that exist', (_, { explained }) => {
    for (const place of explained) {
      const [lesson = '', anchor] = place.split('#');
      expect(planned).toContain(lesson);
      if (!written.includes(lesson)) continue;
      expect(readLesson('ko', `${lesson}.mdx`).headings.map((heading) => heading.anchor)).toContain(anchor);
    }
  });

  it('has each term once, under one anchor', () => {
    for (const key of ['id', 'ko', 'en'] as const) {
      const all = terms.map((term) => term[key]);
      expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
    }
  });

  it.each(lessonPaths('ko'))('is kept to in %s', (path) => {
    const text = readFileSync(join(folders.ko, path), 'utf8');
    for (const [term, others] of Object.entries(otherWords)) {
      expect(terms.map(({ ko }) => ko)).toContain(term);
      expect(
        others.filter((other) => text.includes(other)),
        `write ${term}`,
      ).toEqual([]);
    }
  });

  it.each(lessonPaths('ko'))('has the English of a term once in %s, at its first use', (path) => {
    const text = sentences(path);
    for (const { hangul, english } of bilingual) {
      const longer = terms.filter(({ ko }) => ko.includes(`${hangul} `)).map(({ ko }) => ko);
      const uses = longer.reduce((rest, term) => rest.replaceAll(term, ''), text);
      const first = uses.indexOf(hangul);
      if (first < 0) continue;
      const whole = `${hangul}(${english})`;
      expect(uses.slice(first, first + whole.length)).toBe(whole);
      expect(uses.split(whole), `${whole} is written once`).toHaveLength(2);
    }
  });

  it('tells what each term means, in both languages and without Hangul in the English', () => {
    for (const { id, en, meaning } of terms) {
      expect(meaning.ko, id).toMatch(/[가-힣].*다\.$/);
      expect(meaning.en, id).toMatch(/\.$/);
      expect(en + meaning.en, id).not.toMatch(/[가-힣]/);
    }
  });
});

import { translate } from '@docusaurus/Translate';
import { longestProgress, parseProgress, type Progress, type ProgressProblem } from '../../lab/progress/file';

/** Why a file was refused, in the reader's words. */
function problemText(problem: ProgressProblem): string {
  switch (problem) {
    case 'tooLong':
      return translate({ id: 'progress.problem.tooLong', message: '진도 파일이라기에는 너무 크다(256 KB까지).' });
    case 'notJson':
      return translate({ id: 'progress.problem.notJson', message: 'JSON이 아니거나 중간에 끊겼다.' });
    case 'foreign':
      return translate({ id: 'progress.problem.foreign', message: 'JSON이지만 이 사이트의 진도 파일이 아니다.' });
    case 'newer':
      return translate({ id: 'progress.problem.newer', message: '이 사이트보다 새로운 버전에서 만든 진도 파일이다.' });
    case 'damaged':
      return translate({ id: 'progress.problem.damaged', message: '이 사이트의 진도 파일이지만 내용이 손상되었다.' });
  }
}

type Read = { progress: Progress; refused?: undefined } | { progress?: undefined; refused: string };

/** Reads the text of a progress file, or says why it is none. */
export function readText(text: string): Read {
  const { progress, problem } = parseProgress(text);
  return problem ? { refused: problemText(problem) } : { progress };
}

/** The same of a file that the reader chose. Bytes that are no text become U+FFFD, which is damage as any other. */
export async function readFile(file: File): Promise<Read> {
  // A character takes at most four bytes: what is longer need not be read to be refused.
  if (file.size > 4 * longestProgress) return { refused: problemText('tooLong') };
  try {
    return readText(await file.text());
  } catch {
    return { refused: translate({ id: 'progress.problem.unreadable', message: '브라우저가 이 파일을 읽지 못했다.' }) };
  }
}

/** How far the learner is, as platforms want to know it. */
export interface Report {
  /** Of all goals, the exam's with them: 0 to 1. */
  score: number;
  /** Of the lessons' goals: 0 to 1. */
  progress: number;
  /** Every goal of the lessons is reached. */
  completed: boolean;
  /** The exam is passed. */
  passed: boolean;
  /** The page that is open, below the site's folder. */
  location: string;
  /** What the platform keeps for the next launch, in at most so many characters. */
  kept(most: number): string;
}

/** What a platform says at the launch. */
export interface Launched {
  /** Tells one learner from another in a browser they share. */
  learner: string;
  /** '' where the platform does not say. */
  name: string;
  location: string;
  kept: string;
  /** A language tag that the learner prefers; '' where the platform does not say. */
  language: string;
}

/** A learning platform, by one of the standards. What it refuses is thrown as an Error whose message names the call and the answer. */
export interface Platform {
  launch(): Promise<Launched>;
  report(report: Report): Promise<void>;
  /** Ends the session with a last report; nothing is told afterwards. Answers where the learner must be sent, if anywhere. */
  end(report: Report): Promise<string | undefined>;
}

/** Hundredths of a second between two times (ms), never negative. */
export const hundredths = (from: number, to: number): number => Math.max(0, Math.round((to - from) / 10));

/** An ISO 8601 duration: `PT1H2M3.45S`. */
export function isoDuration(count: number): string {
  const [hours, minutes, seconds] = [Math.floor(count / 360_000), Math.floor(count / 6000) % 60, (count % 6000) / 100];
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds}S`;
}

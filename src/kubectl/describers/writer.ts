import { TabWriter } from '../printers/tabwriter';

/** Writes lines at a level of indentation, aligned by tabs. Upstream: kubectl/pkg/describe PrefixWriter. */
export class DescribeWriter {
  private readonly tabs = new TabWriter({ minWidth: 0, padding: 2 });
  private done = '';

  /** @param level each is two spaces */
  line(level: number, text: string): void {
    this.tabs.write(`${'  '.repeat(level)}${text}\n`);
  }

  /** Ends the alignment of what stands above. */
  flush(): void {
    this.done += this.tabs.flush();
  }

  text(): string {
    this.flush();
    return this.done;
  }

  /** What was written, with its tabs. */
  static plain(write: (writer: DescribeWriter) => void): string {
    const lines: string[] = [];
    const writer = new DescribeWriter();
    writer.line = (level, text) => void lines.push(`${'  '.repeat(level)}${text}\n`);
    write(writer);
    return lines.join('');
  }
}

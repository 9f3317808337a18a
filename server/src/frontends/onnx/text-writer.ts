/** Builds the text of a model line by line: knows where everything stands, and keeps what a line leaves out for its end. */
import type { Span } from '../../base/span';

const indentation = '  ';

export class TextWriter {
  /** Finished lines, and how long they are together: a text of many megabytes is joined once. */
  private readonly finished: string[] = [];
  private finishedLength = 0;
  private current = '';
  private depth = 0;
  private readonly remarks: string[] = [];

  get text(): string {
    return this.finished.join('') + this.current;
  }

  get offset(): number {
    return this.finishedLength + this.current.length;
  }

  put(text: string): Span {
    const start = this.offset;
    this.current += text;
    return { start, end: start + text.length };
  }

  /** Something that the reader of the line should know; it becomes a comment at the end of the line, where one is allowed. */
  remark(text: string): void {
    this.remarks.push(text);
  }

  /** Ends the line, its remarks behind it. */
  endLine(): void {
    if (this.remarks.length > 0) this.current += `  # ${this.remarks.splice(0).join('; ')}`;
    this.current += '\n';
    this.finishedLength += this.current.length;
    this.finished.push(this.current);
    this.current = '';
  }

  /** The start of a line at the depth reached. */
  beginLine(): void {
    this.current += indentation.repeat(this.depth);
  }

  line(text: string): void {
    this.beginLine();
    this.put(text);
    this.endLine();
  }

  nested(write: () => void): void {
    this.depth++;
    write();
    this.depth--;
  }

  /** One item per line, commas between them. */
  lines<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.nested(() => {
      items.forEach((item, index) => {
        this.beginLine();
        write(item);
        if (index < items.length - 1) this.put(',');
        this.endLine();
      });
    });
  }

  /** On one line, with ` ,` between them. */
  list<Item>(open: string, items: readonly Item[], close: string, write: (item: Item) => void): void {
    this.put(open);
    items.forEach((item, index) => {
      if (index > 0) this.put(', ');
      write(item);
    });
    this.put(close);
  }
}

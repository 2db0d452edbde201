/** Quitting waits until the window's writes are on disk, with a limit. */

const LIMIT_MS = 5000;

export interface QuitSteps {
  /** Tells the window to settle. */
  askWindow(): void;
  /** Goes on to quit, now for good. */
  quit(): void;
}

/** The part of Electron's event that is needed. */
interface Preventable {
  preventDefault(): void;
}

export class Quitting {
  private phase: 'running' | 'settling' | 'leaving' = 'running';
  /** Whether a page is there that has anything to settle. */
  private isAnswerExpected = false;
  private limit: NodeJS.Timeout | undefined;

  constructor(
    private readonly steps: QuitSteps,
    private readonly limitMs = LIMIT_MS,
  ) {}

  get hasBegun(): boolean {
    return this.phase !== 'running';
  }

  /** Whether windows may close now. */
  get isLeaving(): boolean {
    return this.phase === 'leaving';
  }

  /** The page has begun its work: it will have to be asked. */
  expectAnswer(): void {
    this.isAnswerExpected = true;
  }

  /** The page is gone or about to be replaced: nobody is left to answer. */
  expectNoAnswer(): void {
    this.isAnswerExpected = false;
    this.settled();
  }

  /** For Electron's `before-quit`. */
  beforeQuit(event: Preventable): void {
    if (this.phase === 'leaving') return;
    event.preventDefault();
    if (this.phase === 'settling') return;
    this.phase = 'settling';
    this.limit = setTimeout(() => this.leave(), this.limitMs);
    if (this.isAnswerExpected) this.steps.askWindow();
    // Not within Electron's own event: it would start to quit while it is being told not to.
    else setImmediate(() => this.settled());
  }

  /** The window has written everything. */
  settled(): void {
    if (this.phase === 'settling') this.leave();
  }

  private leave(): void {
    clearTimeout(this.limit);
    this.phase = 'leaving';
    this.steps.quit();
  }
}

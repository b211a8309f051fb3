const IDLE_AFTER_MS = 30_000;
const ABSENT_AFTER_MS = 600_000;
const INPUTS = ['keydown', 'pointermove', 'pointerdown', 'wheel', 'scroll', 'touchmove'] as const;

/// Time a person spends on one comparison: after 30 s without input, and while the tab is hidden, it stands still.
export class ActiveClock {
  private active = 0;
  private since = 0;
  private running = false;
  private lastInput = performance.now();

  constructor(private readonly returned: () => void) {
    for (const input of INPUTS) {
      addEventListener(input, () => this.onInput(), { capture: true, passive: true });
    }
    document.addEventListener('visibilitychange', () => {
      this.tick();
      this.running = !document.hidden;
    });
  }

  restart(): void {
    this.active = 0;
    this.since = performance.now();
    this.running = !document.hidden;
  }

  millis(): number {
    this.tick();
    return Math.round(this.active);
  }

  /// Whoever left the screen ten minutes ago shall not keep comparisons from others.
  someoneIsHere(): boolean {
    return !document.hidden && performance.now() - this.lastInput < ABSENT_AFTER_MS;
  }

  private onInput(): void {
    this.tick();
    const absent = !this.someoneIsHere();
    this.lastInput = performance.now();
    if (absent) this.returned();
  }

  private tick(): void {
    const now = performance.now();
    if (this.running) this.active += Math.min(now - this.since, IDLE_AFTER_MS);
    this.since = now;
  }
}

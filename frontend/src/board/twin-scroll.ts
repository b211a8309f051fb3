/// Scrolls the two completions together, each by its share of its own length. With Alt held one is scrolled alone.
export class TwinScroll {
  together = true;
  private alone = false;
  /// Where a completion was put to follow the other: the event that tells of it is no wish of a person.
  private readonly put = new WeakMap<Element, number>();

  constructor(private readonly host: HTMLElement) {
    host.addEventListener('scroll', event => event.target instanceof Element && this.follow(event.target), { capture: true, passive: true });
    host.addEventListener('wheel', this.wheel, { passive: false });
    for (const name of ['keydown', 'keyup'] as const) addEventListener(name, event => (this.alone = event.altKey), { capture: true });
    addEventListener('blur', () => (this.alone = false));
  }

  /// For keys pressed where nothing else would scroll; false where the page itself scrolls.
  by(key: string, back: boolean): boolean {
    const longest = this.boxes().sort((one, other) => reach(other) - reach(one))[0];
    if (!longest || reach(longest) < 1) return false;
    const page = longest.clientHeight * 0.85;
    const ways: Record<string, number> = {
      ArrowDown: 60, ArrowUp: -60, PageDown: page, PageUp: -page, ' ': back ? -page : page, Home: -longest.scrollHeight, End: longest.scrollHeight,
    };
    const way = ways[key];
    if (way === undefined) return false;
    if (this.together) longest.scrollTop += way;
    else for (const box of this.boxes()) box.scrollTop += way;
    return true;
  }

  private follow(moved: Element): void {
    if (!this.together || this.alone || !moved.classList.contains('pane-body')) return;
    const put = this.put.get(moved);
    this.put.delete(moved);
    if (put !== undefined && Math.abs(put - moved.scrollTop) < 1) return;
    const other = this.boxes().find(box => box !== moved);
    if (!other || !this.boxes().includes(moved) || reach(moved) < 1) return;
    const to = (moved.scrollTop / reach(moved)) * reach(other);
    if (Math.abs(to - other.scrollTop) < 1) return;
    other.scrollTop = to;
    this.put.set(other, other.scrollTop);
  }

  /// Some browsers leave the page on Alt and the wheel.
  private wheel = (event: WheelEvent): void => {
    this.alone = event.altKey;
    const box = event.altKey && event.target instanceof Element ? event.target.closest('.pane-body') : null;
    if (!box) return;
    event.preventDefault();
    box.scrollTop += event.deltaY;
  };

  private boxes(): Element[] {
    return [...this.host.querySelectorAll('.comparison:not(.ahead) .pane-body')];
  }
}

const reach = (box: Element): number => box.scrollHeight - box.clientHeight;

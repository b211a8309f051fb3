import { render } from '../markdown';
import type { Lease, Turn } from './contract';
import { texts } from './texts';

/// Shows one comparison and keeps the next one laid out beneath it, so that showing it is a change of class.
export class Stage {
  private readonly views = new Map<Lease, HTMLElement>();
  private shown: Lease | undefined;
  private upcoming: readonly Lease[] = [];
  private plain = false;

  constructor(private readonly host: HTMLElement) {}

  /// Returns whether another comparison than before is on screen.
  show(current: Lease | undefined, upcoming: readonly Lease[], plain: boolean): boolean {
    if (plain !== this.plain) {
      this.plain = plain;
      this.views.clear();
      this.host.replaceChildren();
    }
    this.upcoming = upcoming;
    this.forget(new Set([current, ...upcoming].filter(lease => lease !== undefined)));
    for (const [lease, view] of this.views) {
      if (lease !== current && view.isConnected) this.place(lease, true); // an undo puts the one on screen back in line
    }
    if (current) this.place(current, false);
    if (upcoming.length > 0) this.prepareSoon();
    const changed = current !== this.shown;
    this.shown = current;
    return changed;
  }

  private place(lease: Lease, ahead: boolean): void {
    const view = this.view(lease);
    view.classList.toggle('ahead', ahead);
    view.inert = ahead;
    if (view.parentNode !== this.host) this.host.append(view);
  }

  private view(lease: Lease): HTMLElement {
    let view = this.views.get(lease);
    if (!view) {
      view = comparisonView(lease, this.plain);
      this.views.set(lease, view);
    }
    return view;
  }

  private forget(kept: ReadonlySet<Lease>): void {
    for (const [lease, view] of this.views) {
      if (!kept.has(lease)) {
        view.remove();
        this.views.delete(lease);
      }
    }
  }

  private preparing = false;

  /// Builds what comes next while the person reads; the first of them is laid out as well.
  private prepareSoon(): void {
    if (this.preparing) return;
    this.preparing = true;
    whenIdle(() => {
      this.preparing = false;
      const [next] = this.upcoming;
      if (next) this.place(next, true);
      const unbuilt = this.upcoming.find(lease => !this.views.has(lease));
      for (const view of this.host.children) markScrollers(view);
      if (unbuilt) {
        this.view(unbuilt);
        this.prepareSoon();
      }
    });
  }
}

/// A box that scrolls must be reachable by keyboard.
export function markScrollers(within: Element): void {
  for (const box of within.querySelectorAll<HTMLElement>('.scroller, .turns')) {
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    if (scrolls === box.hasAttribute('tabindex')) continue;
    if (scrolls) {
      box.tabIndex = 0;
      if (box.classList.contains('scroller')) {
        box.setAttribute('role', 'group');
        box.setAttribute('aria-label', 'Scrollable text');
      }
    } else {
      box.removeAttribute('tabindex');
    }
  }
}

function comparisonView(lease: Lease, plain: boolean): HTMLElement {
  const panes = element('div', 'panes');
  panes.append(pane('A', lease.left, plain), pane('B', lease.right, plain));
  const view = element('article', 'comparison');
  view.append(conversation(lease.turns, plain), panes);
  return view;
}

function conversation(turns: readonly Turn[], plain: boolean): HTMLElement {
  const title = turns.length > 1 ? 'Conversation' : 'Prompt';
  const section = element('section', 'prompt');
  section.setAttribute('aria-label', title);
  const list = element('div', 'turns');
  for (const turn of turns) {
    const item = element('div', `turn ${turn.role === 'user' ? 'user' : 'reply'}`);
    const role = element('span', 'role');
    role.textContent = texts.roles[turn.role] ?? turn.role;
    item.append(role, text(turn.content, plain));
    list.append(item);
  }
  const heading = element('h2', turns.length > 1 ? '' : 'sr-only');
  heading.textContent = title;
  section.append(heading, list);
  return section;
}

function pane(side: 'A' | 'B', content: string, plain: boolean): HTMLElement {
  const section = element('section', `pane ${side.toLowerCase()}`);
  section.setAttribute('aria-label', `Completion ${side}`);
  const heading = element('h2', '');
  const letter = element('span', 'letter');
  letter.textContent = side;
  const before = element('span', 'name');
  before.textContent = 'Completion ';
  heading.append(before, letter);
  section.append(heading, content.trim() ? text(content, plain) : emptyNote());
  return section;
}

function text(content: string, plain: boolean): HTMLElement {
  const body = element('div', 'markdown');
  body.append(render(content, { plain }));
  return body;
}

function emptyNote(): HTMLElement {
  const note = element('p', 'empty-note');
  note.textContent = 'This completion is empty.';
  return note;
}

function element(tag: string, className: string): HTMLElement {
  const created = document.createElement(tag);
  if (className) created.className = className;
  return created;
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 200 });
  else setTimeout(work, 20);
}

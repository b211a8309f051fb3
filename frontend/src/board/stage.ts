import { languageOf } from '../language';
import { render } from '../markdown';
import type { Lease, Turn } from './contract';
import { markDifferences, unmarkDifferences, type Marked } from './difference';
import { keyLabel, type Action, type Keymap } from './keys';
import { texts } from './texts';

/// How comparisons are shown to this person.
export interface Look {
  plain: boolean;
  difference: boolean;
  /// All turns of a conversation, and long ones in full.
  context: boolean;
  keys: Keymap;
}

/// Shows one comparison and keeps the next one laid out beneath it, so that showing it is a change of class.
export class Stage {
  private readonly views = new Map<Lease, HTMLElement>();
  private readonly marked = new Map<HTMLElement, Marked | undefined>();
  private shown: Lease | undefined;
  private upcoming: readonly Lease[] = [];
  private look: Look | undefined;

  constructor(private readonly host: HTMLElement) {}

  /// Returns whether another comparison than before is on screen.
  show(current: Lease | undefined, upcoming: readonly Lease[], look: Look): boolean {
    const focused = this.partWithFocus();
    this.adopt(look);
    this.upcoming = upcoming;
    this.forget(new Set([current, ...upcoming].filter(lease => lease !== undefined)));
    for (const [lease, view] of this.views) {
      if (lease !== current && view.isConnected) this.place(lease, true); // an undo puts the one on screen back in line
    }
    if (current) this.place(current, false);
    if (upcoming.length > 0 || current) this.prepareSoon();
    const changed = current !== this.shown;
    this.shown = current;
    if (focused && document.activeElement === document.body) this.focusPart(focused);
    return changed;
  }

  /// What the comparison on screen differs in; undefined where it is too long to tell.
  get differences(): Marked | undefined {
    const view = this.shown && this.views.get(this.shown);
    if (view) this.mark(view);
    return view && this.marked.get(view);
  }

  private adopt(look: Look): void {
    const before = this.look;
    this.look = look;
    if (before && (before.plain !== look.plain || before.keys !== look.keys)) {
      this.views.clear();
      this.marked.clear();
      this.host.replaceChildren();
    } else if (before?.difference && !look.difference) {
      for (const view of this.views.values()) unmarkDifferences(view);
      this.marked.clear();
    }
    if (before?.context !== look.context) for (const view of this.views.values()) this.unfold(view);
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
      view = comparisonView(lease, this.look!);
      this.unfold(view);
      this.views.set(lease, view);
    }
    return view;
  }

  private unfold(view: HTMLElement): void {
    const whole = this.look!.context;
    view.classList.toggle('whole', whole);
    view.querySelector('.unfold')?.setAttribute('aria-expanded', String(whole));
    view.querySelector('.earlier')?.toggleAttribute('hidden', !whole);
    if (!whole) view.querySelector('.earlier')?.setAttribute('hidden', 'until-found');
  }

  private mark(view: HTMLElement): void {
    if (!this.look?.difference || this.marked.has(view)) return;
    const [a, b] = view.querySelectorAll('.pane-body');
    this.marked.set(view, a && b && markDifferences(a, b));
  }

  private forget(kept: ReadonlySet<Lease>): void {
    for (const [lease, view] of this.views) {
      if (!kept.has(lease)) {
        view.remove();
        this.views.delete(lease);
        this.marked.delete(view);
      }
    }
  }

  /// The focus must not fall off the page with the comparison that goes: it passes to the same part of the next one.
  private partWithFocus(): string | undefined {
    const part = document.activeElement?.closest('.stage .pane, .stage .prompt');
    return part ? `.${[...part.classList].join('.')}` : undefined;
  }

  private focusPart(part: string): void {
    const view = this.shown && this.views.get(this.shown);
    const next = view?.querySelector<HTMLElement>(part);
    if (!view || !next) return;
    markScrollers(view);
    const box = next.querySelector<HTMLElement>('[tabindex="0"]') ?? next;
    if (box === next) next.tabIndex = -1;
    box.focus({ preventScroll: true });
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
      for (const view of this.host.children) {
        this.mark(view as HTMLElement);
        markScrollers(view);
      }
      if (unbuilt) {
        this.view(unbuilt);
        this.prepareSoon();
      }
    });
  }
}

/// A box that scrolls must be reachable by keyboard, and a prompt that does can be unfolded.
export function markScrollers(within: Element): void {
  const turns = within.querySelector('.turns');
  const folds = turns !== null && (turns.querySelector('.earlier') !== null || turns.scrollHeight > turns.clientHeight + 1);
  if (folds) within.querySelector('.prompt')?.classList.add('folds'); // stays while unfolded: that is the way back
  for (const box of within.querySelectorAll<HTMLElement>('.scroller, .turns, .pane-body')) {
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    if (scrolls === box.hasAttribute('tabindex')) continue;
    if (scrolls) {
      box.tabIndex = 0;
      if (!box.classList.contains('turns')) {
        box.setAttribute('role', 'group');
        box.setAttribute('aria-label', texts.scrolls);
      }
    } else {
      box.removeAttribute('tabindex');
    }
  }
}

function comparisonView(lease: Lease, look: Look): HTMLElement {
  const panes = element('div', 'panes');
  panes.append(pane('A', lease.left, look), pane('B', lease.right, look));
  const view = element('article', 'comparison');
  view.append(conversation(lease.turns, look), panes);
  return view;
}

/// Of a conversation the last turns stand open; the browser's own search opens the earlier ones.
function conversation(turns: readonly Turn[], look: Look): HTMLElement {
  const title = turns.length > 1 ? `${texts.conversation}, ${texts.turns(turns.length)}` : texts.prompt;
  const section = element('section', 'prompt');
  section.setAttribute('aria-label', title);
  const list = element('div', 'turns');
  const open = turns.findLastIndex(turn => turn.role === 'user');
  const earlier = open > 0 ? turns.slice(0, open) : [];
  if (earlier.length > 0) {
    const folded = element('div', 'earlier');
    folded.append(...earlier.map(turn => turnView(turn, look.plain)));
    folded.addEventListener('beforematch', () => section.querySelector<HTMLElement>('.unfold')?.click());
    list.append(folded);
  }
  list.append(...turns.slice(earlier.length).map(turn => turnView(turn, look.plain)));
  const heading = element('h2', turns.length > 1 ? '' : 'sr-only');
  heading.textContent = title;
  section.append(heading, tool('context', 'unfold', earlier.length > 0 ? texts.earlier(earlier.length) : texts.wholePrompt, look), list);
  return section;
}

function turnView(turn: Turn, plain: boolean): HTMLElement {
  const item = element('div', `turn ${turn.role === 'user' ? 'user' : 'reply'}`);
  const role = element('span', 'role');
  role.textContent = texts.roles[turn.role] ?? turn.role;
  item.append(role, text(turn.content, plain));
  return item;
}

function pane(side: 'A' | 'B', content: string, look: Look): HTMLElement {
  const section = element('section', `pane ${side.toLowerCase()}`);
  section.setAttribute('aria-label', texts.completion(side));
  const heading = element('h2', '');
  const letter = element('span', 'letter');
  letter.textContent = side;
  const before = element('span', 'name');
  before.textContent = texts.completion('');
  heading.append(before, letter);
  const head = element('div', 'head');
  head.append(heading, tool(side === 'A' ? 'read-a' : 'read-b', 'widen', texts.widen, look));
  const body = element('div', 'pane-body');
  body.append(content.trim() ? text(content, look.plain) : emptyNote());
  section.append(head, body);
  section.addEventListener('beforematch', () => section.parentElement?.querySelector<HTMLElement>('.widen[aria-pressed="true"]')?.click());
  return section;
}

/// A button of the stage; the board hears its action.
function tool(action: Action, className: string, label: string, look: Look): HTMLElement {
  const button = element('button', className);
  button.setAttribute('type', 'button');
  button.setAttribute('aria-keyshortcuts', look.keys.keyOf(action));
  button.dataset['action'] = action;
  const key = element('kbd', '');
  key.textContent = keyLabel(look.keys.keyOf(action));
  key.setAttribute('aria-hidden', 'true');
  button.append(`${label} `, key);
  return button;
}

function text(content: string, plain: boolean): HTMLElement {
  const body = element('div', 'markdown');
  body.lang = languageOf(content);
  body.append(render(content, { plain }));
  return body;
}

function emptyNote(): HTMLElement {
  const note = element('p', 'empty-note');
  note.textContent = texts.empty;
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

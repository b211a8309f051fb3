import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ready } from '../markdown';
import { markdownStyles } from '../markdown-styles';
import { ActiveClock } from './active-clock';
import type { Choice, Lease } from './contract';
import './keys-dialog';
import type { KeysDialog } from './keys-dialog';
import { actionOf, keyLabel, type Action, type Keymap } from './keys';
import { rubricPanel } from './rubric-panel';
import { Session } from './session';
import { keepSettings, keymapOf, settingsOf, SIZES, type Settings } from './settings';
import './skip-dialog';
import type { SkipDialog } from './skip-dialog';
import { Stage } from './stage';
import { texts } from './texts';
import { TwinScroll } from './twin-scroll';
import './view-dialog';
import type { ViewDialog } from './view-dialog';

const SIDES: [Choice, string, string, string][] = [
  ['1', 'A', 'much', 'a'],
  ['2', 'A', 'clearly', 'a'],
  ['3', 'A', 'slightly', 'a'],
  ['4', 'Tie', '', 'tie'],
  ['5', 'B', 'slightly', 'b'],
  ['6', 'B', 'clearly', 'b'],
  ['7', 'B', 'much', 'b'],
];
/// Nobody reads two completions in so short a time: a key that bounced, or a double click.
const BOUNCE_MS = 200;
/// Below this nobody needs to hear that something is being saved.
const PATIENCE_MS = 1_500;
/// Long enough for a burst of keys to be heard as one.
const SPEAK_AFTER_MS = 300;
/// The board opens without coloured code and set formulas rather than not at all.
const LONGEST_WAIT_FOR_PARTS_MS = 2_000;

/// The annotator's screen: one comparison, two completions, a decision, the next one at once.
@customElement('tb-board')
export class Board extends LitElement {
  @state() private settings: Settings = settingsOf('');
  @state() private keys: Keymap = keymapOf(this.settings);
  @state() private plain = false;
  @state() private reading: 'both' | 'a' | 'b' = 'both';
  @state() private writing = false;
  @state() private notice = '';
  @state() private spoken = '';
  @query('.stage') private host!: HTMLElement;
  @query('tb-skip-dialog') private skipDialog!: SkipDialog;
  @query('tb-keys-dialog') private keysDialog!: KeysDialog;
  @query('tb-view-dialog') private viewDialog!: ViewDialog;
  @query('.rationale textarea') private rationaleField!: HTMLTextAreaElement | null;

  private readonly session = new Session(
    projectInAddress(),
    () => this.requestUpdate(),
    message => this.tell(message),
    () => this.clock.someoneIsHere(),
    partsFor,
  );
  private readonly clock = new ActiveClock(() => this.session.wake());
  private stage: Stage | undefined;
  private twins: TwinScroll | undefined;
  private person = '';
  private pressedAt = 0;
  private lastChoice: { choice: Choice; at: number } | undefined;
  private noticeTimer = 0;
  private speakTimer = 0;
  private speakNextTimer = 0;
  private lastSpokenStatus: string = texts.saved;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(markdownStyles);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    addEventListener('keydown', this.onKey);
    void this.session.open();
  }

  protected override willUpdate(): void {
    const person = this.session.project?.annotator.id ?? '';
    if (person === this.person) return;
    this.person = person;
    this.settings = settingsOf(person);
    this.keys = keymapOf(this.settings);
  }

  private change(changed: Partial<Settings>): void {
    this.settings = { ...this.settings, ...changed };
    if (changed.keys) this.keys = keymapOf(this.settings);
    keepSettings(this.person, this.settings);
  }

  override render(): unknown {
    const { project } = this.session;
    const rubric = this.settings.rubric ? project?.rubric : undefined;
    return html`
      <a class="skip-link" href="#decide">To the decision</a>
      ${this.header()}
      <div class="banners">${this.banners()}</div>
      <div class="workplace ${rubric ? 'with-rubric' : ''}">
        <main id="main" aria-label="Comparison">
          <div class="stage reading-${this.reading} ${this.settings.difference ? 'difference' : ''}" @click=${this.onStageClick}></div>
          ${this.session.current ? nothing : this.placeholder()}
        </main>
        ${rubric ? rubricPanel(rubric, () => this.run('rubric')) : nothing}
      </div>
      ${this.session.phase === 'failed' ? nothing : this.decision()}
      <div class="sr-only" role="status" aria-live="polite">${this.spoken}</div>
      <tb-skip-dialog
        .reasons=${project?.rubric?.skipReasons?.length ? project.rubric.skipReasons : texts.skipReasons}
        @skip=${(event: CustomEvent<string>) => this.choose('skip', event.detail)}
      ></tb-skip-dialog>
      <tb-keys-dialog .keymap=${this.keys} .shortcuts=${this.settings.singleKeys}
        @keymap=${(event: CustomEvent<Keymap>) => this.change({ keys: event.detail.own })}
        @shortcuts=${(event: CustomEvent<boolean>) => this.change({ singleKeys: event.detail })}
      ></tb-keys-dialog>
      <tb-view-dialog .settings=${this.settings} @settings=${(event: CustomEvent<Partial<Settings>>) => this.change(event.detail)}></tb-view-dialog>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    this.stage ??= new Stage(this.host);
    this.twins ??= new TwinScroll(this.host);
    const { size, density, width, together, difference, context } = this.settings;
    if (changed.has('settings')) {
      this.style.setProperty('--tb-reading-size', `${SIZES[size] ?? 1}rem`);
      this.className = `${density} lines-${width}`;
      this.twins.together = together;
    }
    if (this.stage.show(this.session.current, this.session.upcoming, { plain: this.plain, difference, context, keys: this.keys })) {
      this.reading = 'both';
      this.writing = false;
      this.host.classList.remove('reading-a', 'reading-b');
      scrollTo({ top: 0, behavior: 'instant' });
      this.clock.restart();
      if (this.pressedAt > 0) measureFrom(this.pressedAt);
      this.speakNext();
    }
    this.pressedAt = 0;
    this.hideOther();
    this.speakStatusLater();
  }

  /// In full width the other completion is out of sight; the browser's own search still finds it and brings it back.
  private hideOther(): void {
    for (const side of ['a', 'b'] as const) {
      const pane = this.host.querySelector(`.comparison:not(.ahead) .pane.${side}`);
      const hidden = this.reading !== 'both' && this.reading !== side;
      if (!pane || pane.hasAttribute('hidden') === hidden) continue;
      if (hidden) pane.setAttribute('hidden', 'until-found');
      else pane.removeAttribute('hidden');
    }
    for (const button of this.host.querySelectorAll('.widen')) {
      const side = button.closest('.pane.a') ? 'a' : 'b';
      button.setAttribute('aria-pressed', String(this.reading === side));
    }
  }

  private header(): unknown {
    const { project, done, total } = this.session;
    const failed = this.session.phase === 'failed';
    return html`<header class="top">
      <a class="home" href="/" aria-label="Tiebreak studio"><img src="/tiebreak/logo.svg" alt="" width="26" height="26" /><span>Tiebreak</span></a>
      <h1 title=${project?.project.description ?? ''}>${project?.project.name ?? (failed ? 'Comparison board' : 'Opening…')}</h1>
      <div class="progress" ?hidden=${failed}>
        <progress max=${Math.max(total, 1)} value=${done} aria-label="Judged by you"></progress>
        <span>${padded(done, total)} <span class="soft">of ${total}</span></span>
      </div>
      ${failed ? nothing : this.status()}
      <div class="tools">
        <button type="button" class="tool" ?hidden=${!project?.rubric} aria-expanded=${this.settings.rubric} aria-keyshortcuts=${this.keys.keyOf('rubric')} @click=${() => this.run('rubric')}>Rubric ${this.kbd('rubric')}</button>
        <button type="button" class="tool" aria-haspopup="dialog" aria-keyshortcuts=${this.keys.keyOf('view')} @click=${() => this.run('view')}>View ${this.kbd('view')}</button>
        <button type="button" class="tool" aria-haspopup="dialog" aria-keyshortcuts=${this.keys.keyOf('keys')} @click=${() => this.run('keys')}>Keys ${this.kbd('keys')}</button>
        <button type="button" class="tool icon" @click=${() => theme()?.toggle()} aria-label="Light or dark" title="Light or dark">◐</button>
        <span class="person" title="Signed in as ${project?.annotator.name ?? ''}">${project?.annotator.name ?? ''}</span>
      </div>
    </header>`;
  }

  private status(): unknown {
    const { unsaved, offline, signedOut } = this.session;
    const kind = signedOut || offline ? 'bad' : unsaved > 0 ? 'busy' : 'good';
    return html`<div class="status ${kind}"><span class="dot"></span><span>${this.statusText()}</span></div>`;
  }

  private statusText(): string {
    const { unsaved, offline, signedOut } = this.session;
    if (signedOut) return texts.signedOut(unsaved);
    if (offline) return unsaved > 0 ? texts.offline(unsaved) : texts.offlineNothingUnsaved;
    return unsaved > 0 ? texts.saving(unsaved) : texts.saved;
  }

  private banners(): unknown {
    const { signedOut, somebodyElse, refused, durable, unsaved } = this.session;
    return html`
      ${signedOut
        ? html`<div class="banner warn" role="alert">
            <p>${somebodyElse ? texts.somebodyElse(unsaved) : texts.signedOutBanner(unsaved)}</p>
            <a class="primary" href="/login" target="_blank" rel="noopener">Sign in</a>
          </div>`
        : nothing}
      ${durable ? nothing : html`<div class="banner warn" role="alert"><p>${texts.notDurable}</p></div>`}
      ${refused.length > 0
        ? html`<div class="banner bad" role="alert">
            <div>
              <p><b>${refused.length === 1 ? 'One judgment was' : `${refused.length} judgments were`} not accepted:</b></p>
              <ul>${refused.map(each => html`<li><b>${each.what}</b> – ${each.why}</li>`)}</ul>
            </div>
            <button type="button" class="quiet" @click=${() => this.session.dismissRefused()}>I have read this</button>
          </div>`
        : nothing}
    `;
  }

  private placeholder(): unknown {
    const { phase, offline, signedOut, failure, done } = this.session;
    if (phase === 'failed') {
      return html`<div class="quiet-page" role="alert"><h2>This board cannot be opened</h2><p>${failure}</p><a class="primary" href="/">To the studio</a></div>`;
    }
    if (phase === 'done') {
      return html`<div class="quiet-page">
        <img src="/tiebreak/logo.svg" alt="" width="56" height="56" />
        <h2>${done > 0 ? 'All done, thank you.' : 'Nothing to judge right now.'}</h2>
        <p>${done > 0 ? `You have judged ${done} ${done === 1 ? 'comparison' : 'comparisons'} here. ` : ''}New comparisons appear by themselves.</p>
        <a class="primary" href="/">To the studio</a>
      </div>`;
    }
    const waiting = signedOut ? 'Waiting until you sign in…' : offline ? 'No more comparisons in hand. Waiting for the connection…' : 'Loading comparisons…';
    return html`<div class="quiet-page"><p class="soft">${waiting}</p></div>`;
  }

  private decision(): unknown {
    const idle = !this.session.current;
    const { last } = this.session;
    return html`<section class="decision" id="decide" aria-label="Which completion is better?" tabindex="-1">
      ${this.rationale()}
      <div class="scale" role="group" aria-label="Strength of preference">
        ${SIDES.map(
          ([choice, who, how, side]) => html`<button type="button" class="choice ${side}" ?disabled=${idle} aria-label=${texts.choices[choice]} aria-keyshortcuts=${this.keys.keyOf(choice)}
            @click=${(event: MouseEvent) => this.clicked(choice, event)}>
            ${this.kbd(choice)}
            <span class="who">${who}</span> <span class="how">${how}</span> ${how ? html`<span class="better">better</span>` : nothing}
          </button>`,
        )}
      </div>
      <div class="others">
        ${this.other('both_bad', 'Both bad', idle, event => this.clicked('both_bad', event))}
        ${this.other('skip', 'Skip', idle)}
        <button type="button" class="other" ?disabled=${!last} aria-keyshortcuts="Control+z ${this.keys.keyOf('undo')}" @click=${() => this.run('undo')}>Undo <kbd aria-hidden="true">Ctrl Z</kbd></button>
        <button type="button" class="other" ?disabled=${idle} aria-expanded=${this.writing || this.session.rationale !== ''} aria-keyshortcuts=${this.keys.keyOf('rationale')} @click=${() => this.run('rationale')}>Rationale ${this.kbd('rationale')}</button>
        <span class="gap"></span>
        ${this.toggle('plain', 'Source', this.plain)} ${this.toggle('difference', 'Differences', this.settings.difference)}
        ${this.toggle('together', 'Together', this.settings.together)}
        <p class="last">${this.notice || (last ? `Last: ${texts.choices[last.choice]}` : '')}</p>
      </div>
    </section>`;
  }

  private other(action: Choice, label: string, idle: boolean, click: (event: MouseEvent) => void = () => this.run(action)): unknown {
    return html`<button type="button" class="other" ?disabled=${idle} aria-keyshortcuts=${this.keys.keyOf(action)} @click=${click}>${label} ${this.kbd(action)}</button>`;
  }

  private toggle(action: Action, label: string, on: boolean): unknown {
    return html`<button type="button" class="other ${action}" aria-pressed=${on} aria-keyshortcuts=${this.keys.keyOf(action)} title=${texts.actions[action]} @click=${() => this.run(action)}>${label} ${this.kbd(action)}</button>`;
  }

  private kbd(action: Action): unknown {
    return html`<kbd aria-hidden="true">${keyLabel(this.keys.keyOf(action))}</kbd>`;
  }

  private rationale(): unknown {
    if (!this.session.current || (!this.writing && this.session.rationale === '')) return nothing;
    return html`<label class="rationale">
      <span>Why? <span class="soft">Goes with your decision<span class="for-keys">; <kbd>Esc</kbd> leads back to the keys</span>.</span></span>
      <textarea rows="2" maxlength="2000" dir="auto" .value=${this.session.rationale}
        @input=${(event: Event) => this.session.write((event.target as HTMLTextAreaElement).value)}
        @keydown=${this.onRationaleKey} @blur=${() => (this.writing = false)}></textarea>
    </label>`;
  }

  private onRationaleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.rationaleField?.blur();
  }

  private async openRationale(): Promise<void> {
    if (!this.session.current) return this.tell(texts.notLoaded);
    this.writing = true;
    await this.updateComplete;
    this.rationaleField?.focus({ preventScroll: true });
  }

  private onKey = (event: KeyboardEvent): void => {
    // a held Enter would press a focused button again and again
    if (event.repeat && event.target instanceof HTMLButtonElement && ['Enter', ' '].includes(event.key)) event.preventDefault();
    const action = actionOf(event, this.keys, this.settings.singleKeys);
    if (!action) return this.scrolled(event);
    if (action === 'read-both' && this.reading === 'both') return;
    event.preventDefault();
    if (event.repeat && action !== 'larger' && action !== 'smaller') return; // one press, one judgment
    this.run(action, event.timeStamp);
  };

  /// Where nothing has the focus, the keys that scroll a page scroll the completions.
  private scrolled(event: KeyboardEvent): void {
    const { target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const nowhere = target === document.body || target === document.documentElement;
    const onButton = target instanceof HTMLButtonElement && event.key !== ' ';
    if ((nowhere || onButton) && this.twins?.by(event.key, event.shiftKey)) event.preventDefault();
  }

  private onStageClick(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-action]') : null;
    if (button) this.run(button.dataset['action'] as Action);
  }

  private run(action: Action | 'read-both', at = 0): void {
    switch (action) {
      case 'skip':
        return this.session.current ? this.skipDialog.open() : this.tell(texts.notLoaded);
      case 'undo':
        return this.session.undo();
      case 'keys':
        return this.keysDialog.open();
      case 'view':
        return this.viewDialog.open();
      case 'rationale':
        return void this.openRationale();
      case 'rubric':
        return this.change({ rubric: !this.settings.rubric });
      case 'plain':
        this.plain = !this.plain;
        return this.tell(this.plain ? texts.source : texts.rendered);
      case 'difference':
        return void this.toggleDifference();
      case 'together':
        this.change({ together: !this.settings.together });
        return this.tell(texts.together(this.settings.together));
      case 'context':
        return this.change({ context: !this.settings.context });
      case 'larger':
      case 'smaller':
        return this.change({ size: Math.min(SIZES.length - 1, Math.max(0, this.settings.size + (action === 'larger' ? 1 : -1))) });
      case 'read-a':
      case 'read-b': {
        const side = action === 'read-a' ? 'a' : 'b';
        this.reading = this.reading === side ? 'both' : side;
        return;
      }
      case 'read-both':
        this.reading = 'both';
        return;
      default:
        return this.choose(action, null, at);
    }
  }

  private async toggleDifference(): Promise<void> {
    this.change({ difference: !this.settings.difference });
    await this.updateComplete;
    if (!this.settings.difference) return this.tell(texts.noDifferences);
    if (!this.session.current) return;
    const found = this.stage?.differences;
    this.tell(found ? texts.differences(found.a, found.b) : texts.tooLongToCompare);
  }

  /// A click leaves no focus behind: the space bar then scrolls instead of choosing again.
  private clicked(choice: Choice, event: MouseEvent): void {
    if (event.detail > 0) (event.currentTarget as HTMLElement).blur();
    if (event.detail > 1) return this.tell(texts.tooQuick(texts.choices[choice]));
    this.choose(choice, null, event.timeStamp);
  }

  private choose(choice: Choice, reason: string | null, at = 0): void {
    if (this.bounced(choice)) return this.tell(texts.tooQuick(texts.choices[choice]));
    this.notice = '';
    this.pressedAt = at;
    if (this.session.choose(choice, reason, this.clock.millis())) {
      this.performUpdate(); // the frame that follows this key shows the next comparison
    }
  }

  private bounced(choice: Choice): boolean {
    const now = performance.now();
    const again = this.lastChoice?.choice === choice && now - this.lastChoice.at < BOUNCE_MS;
    this.lastChoice = { choice, at: now };
    return again;
  }

  private tell(message: string): void {
    this.notice = message;
    this.spoken = message;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = window.setTimeout(() => (this.notice = ''), 6_000);
  }

  private speakNext(): void {
    clearTimeout(this.speakNextTimer);
    this.speakNextTimer = window.setTimeout(() => {
      const { current, done, total, last } = this.session;
      const place = current ? `Comparison ${Math.min(done + 1, total)} of ${total}.` : '';
      this.spoken = `${last ? `${texts.choices[last.choice]}. ` : ''}${place}`;
    }, SPEAK_AFTER_MS);
  }

  /// A screen reader hears trouble and its end, not every save.
  private speakStatusLater(): void {
    clearTimeout(this.speakTimer);
    this.speakTimer = window.setTimeout(() => {
      const status = this.statusText();
      if (status !== this.lastSpokenStatus) this.spoken = `${status}.`;
      this.lastSpokenStatus = status;
    }, PATIENCE_MS);
  }
}

/// `tiebreak:next` ends after the frame that shows the next comparison was painted (two animation frames);
/// `tiebreak:paint` ends in the first task after that frame's rendering.
function measureFrom(start: number): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => performance.measure('tiebreak:paint', { start });
    channel.port2.postMessage(0);
    requestAnimationFrame(() => performance.measure('tiebreak:next', { start }));
  });
}

function projectInAddress(): string {
  return decodeURIComponent(/\/annotate\/([^/?#]+)/.exec(location.pathname)?.[1] ?? '');
}

/// As wide as the total will be, so that counting up moves nothing.
const padded = (done: number, total: number): string => String(done).padStart(String(total).length, '\u2007');

function partsFor(leases: readonly Lease[]): Promise<unknown> {
  const all = leases.flatMap(lease => [lease.left, lease.right, ...lease.turns.map(turn => turn.content)]);
  return Promise.race([ready(all), new Promise(resolve => setTimeout(resolve, LONGEST_WAIT_FOR_PARTS_MS))]);
}

function theme(): { toggle(): void } | undefined {
  return (window as { tiebreakTheme?: { toggle(): void } }).tiebreakTheme;
}

import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { markdownStyles } from '../markdown-styles';
import { ActiveClock } from './active-clock';
import type { Choice } from './contract';
import './dialogs';
import type { KeysDialog, SkipDialog } from './dialogs';
import { commandOf, type Command } from './keys';
import { safeStorage } from './outbox';
import { rubricPanel } from './rubric-panel';
import { Session } from './session';
import { Stage } from './stage';
import { texts } from './texts';

const SIDES: [Choice, string, string, string][] = [
  ['1', 'A', 'much', 'a'],
  ['2', 'A', 'clearly', 'a'],
  ['3', 'A', 'slightly', 'a'],
  ['4', 'Tie', '', 'tie'],
  ['5', 'B', 'slightly', 'b'],
  ['6', 'B', 'clearly', 'b'],
  ['7', 'B', 'much', 'b'],
];
const SIZES = [0.875, 1, 1.125, 1.25, 1.5];
/// Nobody reads two completions in so short a time: a key that bounced, or a double click.
const BOUNCE_MS = 200;
/// Below this nobody needs to hear that something is being saved.
const PATIENCE_MS = 1_500;

/// The annotator's screen: one comparison, two completions, a decision, the next one at once.
@customElement('tb-board')
export class Board extends LitElement {
  @state() private rubricOpen = preference('rubric', innerWidth > 900 ? 'open' : 'closed') === 'open';
  @state() private plain = false;
  @state() private singleKeys = preference('keys', 'on') === 'on';
  @state() private size = Number(preference('size', '1'));
  @state() private reading: 'both' | 'a' | 'b' = 'both';
  @state() private writing = false;
  @state() private notice = '';
  @state() private spoken = '';
  @query('.stage') private host!: HTMLElement;
  @query('tb-skip-dialog') private skipDialog!: SkipDialog;
  @query('tb-keys-dialog') private keysDialog!: KeysDialog;
  @query('.rationale textarea') private rationaleField!: HTMLTextAreaElement | null;

  private readonly session = new Session(
    projectInAddress(),
    () => this.requestUpdate(),
    message => this.tell(message),
    () => this.clock.someoneIsHere(),
  );
  private readonly clock = new ActiveClock(() => this.session.wake());
  private stage: Stage | undefined;
  private pressedAt = 0;
  private lastChoice: { choice: Choice; at: number } | undefined;
  private noticeTimer = 0;
  private speakTimer = 0;
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

  override render(): unknown {
    const { project } = this.session;
    return html`
      <a class="skip-link" href="#decide">To the decision</a>
      ${this.header()}
      <div class="banners">${this.banners()}</div>
      <div class="workplace ${this.rubricOpen && project?.rubric ? 'with-rubric' : ''}">
        <main id="main" aria-label="Comparison">
          <div class="stage reading-${this.reading}"></div>
          ${this.session.current ? nothing : this.placeholder()}
        </main>
        ${this.rubricOpen && project?.rubric ? rubricPanel(project.rubric, () => this.run({ do: 'rubric' })) : nothing}
      </div>
      ${this.session.phase === 'failed' ? nothing : this.decision()}
      <div class="sr-only" role="status" aria-live="polite">${this.spoken}</div>
      <tb-skip-dialog
        .reasons=${project?.rubric?.skipReasons?.length ? project.rubric.skipReasons : texts.skipReasons}
        @skip=${(event: CustomEvent<string>) => this.choose('skip', event.detail)}
      ></tb-skip-dialog>
      <tb-keys-dialog .shortcuts=${this.singleKeys} @shortcuts=${this.shortcutsToggled}></tb-keys-dialog>
    `;
  }

  protected override updated(): void {
    this.stage ??= new Stage(this.host);
    this.style.setProperty('--tb-reading-size', `${SIZES[this.size] ?? 1}rem`);
    if (this.stage.show(this.session.current, this.session.upcoming, this.plain)) {
      this.reading = 'both';
      this.writing = false;
      this.host.className = 'stage reading-both';
      scrollTo({ top: 0, behavior: 'instant' });
      this.clock.restart();
      if (this.pressedAt > 0) measureFrom(this.pressedAt);
    }
    this.pressedAt = 0;
    this.speakStatusLater();
  }

  private header(): unknown {
    const { project, done, total } = this.session;
    const failed = this.session.phase === 'failed';
    return html`<header class="top">
      <a class="home" href="/" aria-label="Tiebreak studio"><img src="/tiebreak/logo.svg" alt="" width="26" height="26" /><span>Tiebreak</span></a>
      <h1 title=${project?.project.description ?? ''}>${project?.project.name ?? (failed ? 'Comparison board' : 'Opening…')}</h1>
      <div class="progress" ?hidden=${failed}>
        <progress max=${Math.max(total, 1)} value=${done} aria-label="Judged by you"></progress>
        <span>${done} <span class="soft">of ${total}</span></span>
      </div>
      ${failed ? nothing : this.status()}
      <div class="tools">
        <button type="button" class="tool" ?hidden=${!project?.rubric} aria-expanded=${this.rubricOpen} @click=${() => this.run({ do: 'rubric' })}>Rubric <kbd>G</kbd></button>
        <button type="button" class="tool" @click=${() => this.run({ do: 'keys' })}>Keys <kbd>?</kbd></button>
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
          ([choice, who, how, side]) => html`<button type="button" class="choice ${side}" ?disabled=${idle} aria-label=${texts.choices[choice]} aria-keyshortcuts=${choice}
            @click=${(event: MouseEvent) => this.clicked(choice, event)}>
            <kbd aria-hidden="true">${choice}</kbd>
            <span class="who">${who}</span> <span class="how">${how}</span> ${how ? html`<span class="better">better</span>` : nothing}
          </button>`,
        )}
      </div>
      <div class="others">
        <button type="button" class="other" ?disabled=${idle} aria-keyshortcuts="0" @click=${(event: MouseEvent) => this.clicked('both_bad', event)}>Both bad <kbd>0</kbd></button>
        <button type="button" class="other" ?disabled=${idle} aria-keyshortcuts="s" @click=${() => this.run({ do: 'skip' })}>Skip <kbd>S</kbd></button>
        <button type="button" class="other" ?disabled=${!last} aria-keyshortcuts="Control+z u" @click=${() => this.run({ do: 'undo' })}>Undo <kbd>Ctrl Z</kbd></button>
        <button type="button" class="other" ?disabled=${idle} aria-expanded=${this.writing || this.session.rationale !== ''} aria-keyshortcuts="r" @click=${() => this.run({ do: 'rationale' })}>Rationale <kbd>R</kbd></button>
        <button type="button" class="other reading-size" aria-label="Smaller text" @click=${() => this.run({ do: 'smaller' })}>A−</button>
        <button type="button" class="other reading-size" aria-label="Larger text" @click=${() => this.run({ do: 'larger' })}>A+</button>
        <button type="button" class="other" aria-pressed=${this.plain} aria-keyshortcuts="m" @click=${() => this.run({ do: 'plain' })}>Source <kbd>M</kbd></button>
        <p class="last">${this.notice || (last ? `Last: ${texts.choices[last.choice]}` : '')}</p>
      </div>
    </section>`;
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
    const command = commandOf(event, this.singleKeys);
    if (!command) return;
    if (command.do === 'read-both' && this.reading === 'both') return;
    event.preventDefault();
    if (event.repeat && command.do !== 'larger' && command.do !== 'smaller') return; // one press, one judgment
    this.run(command, event.timeStamp);
  };

  private run(command: Command, at = 0): void {
    switch (command.do) {
      case 'choose':
        return this.choose(command.digit === '0' ? 'both_bad' : (command.digit as Choice), null, at);
      case 'skip':
        return this.session.current ? this.skipDialog.open() : this.tell(texts.notLoaded);
      case 'undo':
        return this.session.undo();
      case 'keys':
        return this.keysDialog.open();
      case 'rationale':
        return void this.openRationale();
      case 'rubric':
        this.rubricOpen = !this.rubricOpen;
        return remember('rubric', this.rubricOpen ? 'open' : 'closed');
      case 'plain':
        this.plain = !this.plain;
        return this.tell(this.plain ? 'Showing the source, exactly as written.' : 'Showing rendered Markdown.');
      case 'larger':
      case 'smaller':
        this.size = Math.min(SIZES.length - 1, Math.max(0, this.size + (command.do === 'larger' ? 1 : -1)));
        return remember('size', String(this.size));
      case 'read-a':
      case 'read-b': {
        const side = command.do === 'read-a' ? 'a' : 'b';
        this.reading = this.reading === side ? 'both' : side;
        return;
      }
      case 'read-both':
        this.reading = 'both';
    }
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

  private shortcutsToggled(event: CustomEvent<boolean>): void {
    this.singleKeys = event.detail;
    remember('keys', this.singleKeys ? 'on' : 'off');
  }

  /// A screen reader hears trouble and its end, not every save.
  private speakStatusLater(): void {
    clearTimeout(this.speakTimer);
    this.speakTimer = window.setTimeout(() => {
      const { current, done, total, last } = this.session;
      const status = this.statusText();
      const trouble = status !== this.lastSpokenStatus ? `${status}. ` : '';
      this.lastSpokenStatus = status;
      const place = current ? `Comparison ${Math.min(done + 1, total)} of ${total}.` : '';
      this.spoken = `${trouble}${last ? `${texts.choices[last.choice]}. ` : ''}${place}`;
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

function preference(name: string, fallback: string): string {
  try {
    return safeStorage()?.getItem(`tiebreak.board.${name}`) ?? fallback;
  } catch {
    return fallback;
  }
}

function remember(name: string, value: string): void {
  try {
    safeStorage()?.setItem(`tiebreak.board.${name}`, value);
  } catch {
    // it then lasts as long as the page
  }
}

function theme(): { toggle(): void } | undefined {
  return (window as { tiebreakTheme?: { toggle(): void } }).tiebreakTheme;
}

import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyMap } from './texts';

/// Asks why a comparison is skipped; a number chooses a reason, Enter confirms, Escape leaves.
@customElement('tb-skip-dialog')
export class SkipDialog extends LitElement {
  @property({ attribute: false }) reasons: readonly string[] = [];
  @state() private chosen = -1;
  @state() private complaint = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('textarea') private note!: HTMLTextAreaElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  open(): void {
    this.chosen = -1;
    this.complaint = '';
    this.note.value = '';
    this.dialog.showModal();
    this.querySelector<HTMLInputElement>('input[type=radio]')?.focus();
  }

  override render(): unknown {
    return html`<dialog aria-labelledby="skip-title" @keydown=${this.onKey}>
      <form method="dialog" @submit=${this.confirm}>
        <h2 id="skip-title">Why skip this comparison?</h2>
        <fieldset>
          <legend class="sr-only">Reason</legend>
          ${this.reasons.map(
            (reason, i) => html`<label class="reason">
              <input type="radio" name="reason" .checked=${i === this.chosen} @change=${() => this.choose(i)} />
              <span>${reason}</span>${i < 9 ? html`<kbd>${i + 1}</kbd>` : nothing}
            </label>`,
          )}
        </fieldset>
        <label class="note">In your own words <span class="soft">(optional when a reason is chosen)</span>
          <textarea rows="2" maxlength="500" dir="auto"></textarea>
        </label>
        <p class="complaint" role="alert">${this.complaint}</p>
        <div class="buttons">
          <button type="button" class="quiet" @click=${() => this.dialog.close()}>Cancel <kbd>Esc</kbd></button>
          <button type="submit" class="primary">Skip <kbd>Enter</kbd></button>
        </div>
      </form>
    </dialog>`;
  }

  private choose(index: number): void {
    this.chosen = index;
    this.complaint = '';
    this.querySelectorAll<HTMLInputElement>('input[type=radio]')[index]?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    const typing = event.target === this.note;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key === 'Enter' && plain && !event.shiftKey && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      this.confirm(event);
    } else if (!typing && plain && /^[1-9]$/.test(event.key) && Number(event.key) <= this.reasons.length) {
      event.preventDefault();
      this.choose(Number(event.key) - 1);
    }
  }

  private confirm(event: Event): void {
    event.preventDefault();
    const note = this.note.value.trim();
    const reason = [this.reasons[this.chosen], note].filter(Boolean).join(': ');
    if (!reason) {
      this.complaint = 'Choose a reason or write one.';
      return;
    }
    this.dialog.close();
    this.dispatchEvent(new CustomEvent<string>('skip', { detail: reason }));
  }
}

@customElement('tb-keys-dialog')
export class KeysDialog extends LitElement {
  @property({ type: Boolean }) shortcuts = true;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  open(): void {
    this.dialog.showModal();
  }

  override render(): unknown {
    return html`<dialog aria-labelledby="keys-title" @keydown=${this.onKey}>
      <h2 id="keys-title">Keys</h2>
      <table class="keys">
        <thead class="sr-only"><tr><th>Key</th><th>What it does</th></tr></thead>
        <tbody>
          ${keyMap.map(
            ([keys, does]) => html`<tr><td>${keys.map(key => html`<kbd>${key}</kbd> `)}</td><td>${does}</td></tr>`,
          )}
        </tbody>
      </table>
      <label class="check">
        <input type="checkbox" .checked=${this.shortcuts} @change=${this.toggled} />
        Single keys choose (turn off when they clash with speech input or a screen reader)
      </label>
      <div class="buttons"><button type="button" class="primary" autofocus @click=${() => this.dialog.close()}>Close <kbd>Esc</kbd></button></div>
    </dialog>`;
  }

  /// The key that opened the list closes it.
  private onKey(event: KeyboardEvent): void {
    if (event.key !== '?' || event.repeat) return;
    event.preventDefault();
    this.dialog.close();
  }

  private toggled(event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    this.dispatchEvent(new CustomEvent<boolean>('shortcuts', { detail: on }));
  }
}

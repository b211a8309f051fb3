import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

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

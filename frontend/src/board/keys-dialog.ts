import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { actions, keyIn, keyLabel, Keymap, type Action } from './keys';
import { texts } from './texts';

/// Shows which key does what, and lets a person choose others: the button of an action waits for its new key.
@customElement('tb-keys-dialog')
export class KeysDialog extends LitElement {
  @property({ attribute: false }) keymap = new Keymap();
  @property({ type: Boolean }) shortcuts = true;
  @state() private changing: Action | undefined;
  @state() private complaint = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  open(): void {
    this.stop();
    this.dialog.showModal();
  }

  override render(): unknown {
    return html`<dialog class="wide" aria-labelledby="keys-title" @keydown=${this.onKey} @cancel=${this.onCancel}>
      <h2 id="keys-title" tabindex="-1" autofocus>Keys</h2>
      <p class="soft">Press the button of a key to choose another. <kbd>Ctrl Z</kbd> (undo) and <kbd>Esc</kbd> stay as they are.</p>
      <p class="complaint" role="alert">${this.complaint}</p>
      <ul class="keys">${actions.map(({ action }) => this.row(action))}</ul>
      <label class="check">
        <input type="checkbox" .checked=${this.shortcuts} @change=${this.toggled} />
        Single keys choose (turn off when they clash with speech input or a screen reader)
      </label>
      <div class="buttons">
        <button type="button" class="quiet" ?disabled=${Object.keys(this.keymap.own).length === 0} @click=${() => this.choose(new Keymap())}>Usual keys again</button>
        <button type="button" class="primary" @click=${() => this.dialog.close()}>Close <kbd>Esc</kbd></button>
      </div>
    </dialog>`;
  }

  private row(action: Action): unknown {
    const changing = this.changing === action;
    const label = keyLabel(this.keymap.keyOf(action));
    const own = this.keymap.own[action] !== undefined;
    return html`<li>
      <span>${texts.actions[action]}</span>
      ${action === 'undo' ? html`<kbd>Ctrl Z</kbd>` : nothing}
      <button type="button" class="key ${changing ? 'changing' : ''} ${own ? 'own' : ''}" data-change=${action}
        aria-label=${changing ? texts.pressKey : `${texts.actions[action]}: ${label}`}
        @click=${() => this.wait(action)} @blur=${() => changing && this.stop()}>
        ${changing ? texts.pressKey : html`<kbd>${label}</kbd>`}
      </button>
    </li>`;
  }

  private wait(action: Action): void {
    this.changing = action;
    this.complaint = '';
  }

  private stop(): void {
    this.changing = undefined;
    this.complaint = '';
  }

  private onKey(event: KeyboardEvent): void {
    if (this.changing) return this.take(event, this.changing);
    // the key that opened the list closes it
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || keyIn(event) !== this.keymap.keyOf('keys')) return;
    event.preventDefault();
    this.dialog.close();
  }

  private take(event: KeyboardEvent, action: Action): void {
    if (event.key === 'Tab' || ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(event.key)) return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.key === 'Escape') return this.stop();
    const key = event.ctrlKey || event.metaKey || event.altKey ? undefined : keyIn(event);
    if (!key) {
      this.complaint = texts.notAKey;
      return;
    }
    const conflict = this.keymap.conflict(action, key);
    if (conflict) {
      this.complaint = texts.keyTaken(keyLabel(key), conflict);
      return;
    }
    this.stop();
    this.choose(this.keymap.with(action, key));
  }

  /// Escape leaves the choice of a key, not the dialog.
  private onCancel(event: Event): void {
    if (!this.changing) return;
    event.preventDefault();
    this.stop();
  }

  private choose(keymap: Keymap): void {
    this.dispatchEvent(new CustomEvent<Keymap>('keymap', { detail: keymap }));
  }

  private toggled(event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    this.dispatchEvent(new CustomEvent<boolean>('shortcuts', { detail: on }));
  }
}

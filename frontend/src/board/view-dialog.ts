import { html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { SIZES, type Settings } from './settings';

interface Theme {
  get(): string;
  set(choice: string): void;
}

const theme = (): Theme | undefined => (window as { tiebreakTheme?: Theme }).tiebreakTheme;

/// How texts are shown: size, density, width of lines, colours.
@customElement('tb-view-dialog')
export class ViewDialog extends LitElement {
  @property({ attribute: false }) settings!: Settings;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  open(): void {
    this.requestUpdate();
    this.dialog.showModal();
    this.querySelector<HTMLInputElement>('input:checked')?.focus();
  }

  override render(): unknown {
    const { size, density, width } = this.settings;
    return html`<dialog aria-labelledby="view-title">
      <h2 id="view-title">How texts are shown</h2>
      ${this.choice('Size of text', 'size', SIZES.map((each, i) => [String(i), `${Math.round(each * 100)} %`]), String(size), value => this.choose({ size: Number(value) }))}
      ${this.choice('Space', 'density', [['calm', 'Calm'], ['compact', 'Compact']], density, value => this.choose({ density: value as Settings['density'] }))}
      ${this.choice('Length of lines', 'width', [['narrow', 'Short'], ['medium', 'Medium'], ['full', 'As wide as the column']], width, value => this.choose({ width: value as Settings['width'] }))}
      ${this.choice('Colours', 'theme', [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']], theme()?.get() ?? 'system', value => this.colour(value))}
      <div class="buttons"><button type="button" class="primary" @click=${() => this.dialog.close()}>Close <kbd>Esc</kbd></button></div>
    </dialog>`;
  }

  private choice(title: string, name: string, options: [string, string][], chosen: string, choose: (value: string) => void): unknown {
    return html`<fieldset class="choices">
      <legend>${title}</legend>
      ${options.map(
        ([value, label]) => html`<label><input type="radio" name=${name} .value=${value} .checked=${value === chosen} @change=${() => choose(value)} /><span>${label}</span></label>`,
      )}
    </fieldset>`;
  }

  private choose(changed: Partial<Settings>): void {
    this.dispatchEvent(new CustomEvent<Partial<Settings>>('settings', { detail: changed }));
  }

  private colour(value: string): void {
    theme()?.set(value);
    this.requestUpdate();
  }
}

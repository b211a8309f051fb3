// Charts for Flow pages: `<tb-line-chart>` for curves, `<tb-interval>` for an estimate with its interval.
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { axis, formatted, thinned, type Point } from './chart-math';

/// A `null` y leaves a gap. `band` is [[x, low, high], …].
export interface Series {
  name: string;
  points: [number, number | null][];
  band?: [number, number, number][];
}

const MARGIN = { top: 10, right: 14, bottom: 40, left: 58 };
const COLOURS = 6;

/// Properties `series`, `xLabel`, `yLabel`, `title`; `appendPoints(name, points)` adds to a live plot without sending all
/// again. Points of a series stand in ascending x. Arrow keys move the readout.
@customElement('tb-line-chart')
export class LineChart extends LitElement {
  @property({ attribute: false }) series: Series[] = [];
  @property() override title = '';
  @property() xLabel = '';
  @property() yLabel = '';
  @property({ type: Number }) height = 260;
  @state() private width = 600;
  @state() private at: number | undefined;
  @state() private asTable = false;
  @state() private hidden_ = new Set<string>();
  private readonly observer = new ResizeObserver(([entry]) => (this.width = Math.max(240, entry!.contentRect.width)));

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  appendPoints(name: string, points: [number, number | null][]): void {
    const known = this.series.some(each => each.name === name);
    this.series = known
      ? this.series.map(each => (each.name === name ? { ...each, points: [...each.points, ...points] } : each))
      : [...this.series, { name, points }];
  }

  override render(): unknown {
    const shown = this.series.filter(each => !this.hidden_.has(each.name));
    return html`<figure>
      <figcaption>
        <span class="title">${this.title}</span>
        ${this.series.length > 1 || this.title === '' ? this.legend() : nothing}
        <button type="button" aria-pressed=${this.asTable} @click=${() => (this.asTable = !this.asTable)}>Table</button>
      </figcaption>
      ${this.asTable ? this.table() : this.plot(shown)}
    </figure>`;
  }

  private plot(shown: Series[]): unknown {
    const points = shown.flatMap(each => finite(each.points));
    if (points.length === 0) {
      return html`<div class="empty" style="height:${this.height}px">No points yet.</div>`;
    }
    const ys = [...points.map(([, y]) => y), ...shown.flatMap(each => (each.band ?? []).flatMap(([, low, high]) => [low, high]))];
    const x = axis(points.map(([value]) => value), (this.width - MARGIN.left - MARGIN.right) / 90);
    const y = axis(ys, (this.height - MARGIN.top - MARGIN.bottom) / 44, 0.04);
    const right = this.width - MARGIN.right;
    const bottom = this.height - MARGIN.bottom;
    const px = (value: number): number => MARGIN.left + ((value - x.min) / (x.max - x.min)) * (right - MARGIN.left);
    const py = (value: number): number => bottom - ((value - y.min) / (y.max - y.min)) * (bottom - MARGIN.top);
    const readout = this.readout(shown, px);
    return html`<div class="plot" tabindex="0" role="img" aria-label=${this.summary()}
        @pointermove=${(event: PointerEvent) => this.hover(event, x.min, x.max)} @pointerleave=${() => (this.at = undefined)}
        @keydown=${(event: KeyboardEvent) => this.step(event, shown)} @blur=${() => (this.at = undefined)}>
      <svg width=${this.width} height=${this.height} aria-hidden="true">
        ${y.ticks.map(tick => svg`<line class="grid" x1=${MARGIN.left} x2=${right} y1=${py(tick)} y2=${py(tick)} />
          <text class="tick" x=${MARGIN.left - 8} y=${py(tick) + 4} text-anchor="end">${formatted(tick, y.step)}</text>`)}
        ${x.ticks.map(tick => svg`<text class="tick" x=${px(tick)} y=${bottom + 16} text-anchor="middle">${formatted(tick, x.step)}</text>`)}
        <line class="axis" x1=${MARGIN.left} x2=${right} y1=${bottom} y2=${bottom} />
        <text class="label" x=${(MARGIN.left + right) / 2} y=${this.height - 6} text-anchor="middle">${this.xLabel}</text>
        <text class="label" transform="translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${this.yLabel}</text>
        ${shown.map(each => this.curve(each, px, py))}
        ${readout ? svg`<line class="cursor" x1=${px(readout.x)} x2=${px(readout.x)} y1=${MARGIN.top} y2=${bottom} />` : nothing}
        ${readout?.values.map(({ series, y: value }) => svg`<circle r="4" cx=${px(readout.x)} cy=${py(value)} fill=${this.colour(series)} />`)}
      </svg>
      ${readout
        ? html`<div class="readout ${px(readout.x) > this.width * 0.6 ? 'left' : ''}" style="--x:${px(readout.x)}px">
            <div>${this.xLabel || 'x'} ${formatted(readout.x)}</div>
            ${readout.values.map(({ series, y: value }) => html`<div><i style="background:${this.colour(series)}"></i>${series.name} <b>${formatted(value)}</b></div>`)}
          </div>`
        : nothing}
    </div>`;
  }

  private curve(series: Series, px: (x: number) => number, py: (y: number) => number): unknown {
    const colour = this.colour(series);
    const band = series.band ?? [];
    const outline = [...band.map(([x, , high]) => [x, high]), ...band.toReversed().map(([x, low]) => [x, low])];
    const line = pieces(series.points)
      .map(piece => thinned(piece, this.width).map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join(''))
      .join('');
    const only = finite(series.points).length === 1 ? finite(series.points)[0] : undefined;
    return svg`
      ${band.length > 1 ? svg`<polygon fill=${colour} fill-opacity="0.15" points=${outline.map(([x, y]) => `${px(x!)},${py(y!)}`).join(' ')} />` : nothing}
      <path d=${line} fill="none" stroke=${colour} stroke-width="2" stroke-linejoin="round" />
      ${only ? svg`<circle r="3.5" cx=${px(only[0])} cy=${py(only[1])} fill=${colour} />` : nothing}`;
  }

  private legend(): unknown {
    return html`<span class="legend">${this.series.map(
      each => html`<button type="button" aria-pressed=${!this.hidden_.has(each.name)} @click=${() => this.toggle(each.name)}>
        <i style="background:${this.colour(each)}"></i>${each.name}</button>`,
    )}</span>`;
  }

  private table(): unknown {
    const rows = this.series.flatMap(each => thinned(finite(each.points), 50).map(([x, y]) => ({ name: each.name, x, y })));
    return html`<div class="table" tabindex="0" role="group" aria-label="Values"><table>
      <thead><tr><th>Series</th><th>${this.xLabel || 'x'}</th><th>${this.yLabel || 'y'}</th></tr></thead>
      <tbody>${rows.map(row => html`<tr><td>${row.name}</td><td>${formatted(row.x)}</td><td>${formatted(row.y)}</td></tr>`)}</tbody>
    </table></div>`;
  }

  private summary(): string {
    const parts = this.series.flatMap(each => {
      const points = finite(each.points);
      if (points.length === 0) return [];
      const [first, last] = [points[0]!, points.at(-1)!];
      return [`${each.name} from ${formatted(first[1])} at ${formatted(first[0])} to ${formatted(last[1])} at ${formatted(last[0])}`];
    });
    return `${this.title || this.yLabel || 'Line chart'}: ${parts.join('; ')}.`;
  }

  private readout(shown: Series[], px: (x: number) => number): { x: number; values: { series: Series; y: number }[] } | undefined {
    const at = this.at;
    if (at === undefined) return undefined;
    const nearest = shown.flatMap(each => {
      const point = nearestTo(finite(each.points), at);
      return point ? [{ series: each, x: point[0], y: point[1] }] : [];
    });
    const x = nearest.reduce((best, each) => (Math.abs(each.x - at) < Math.abs(best - at) ? each.x : best), nearest[0]?.x ?? at);
    return { x, values: nearest.filter(each => Math.abs(px(each.x) - px(x)) < 12) };
  }

  private hover(event: PointerEvent, min: number, max: number): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN.left) / (this.width - MARGIN.left - MARGIN.right);
    this.at = min + Math.min(1, Math.max(0, share)) * (max - min);
  }

  private step(event: KeyboardEvent, shown: Series[]): void {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    const xs = [...new Set(shown.flatMap(each => finite(each.points).map(([x]) => x)))].sort((a, b) => a - b);
    const here = this.at === undefined ? (direction > 0 ? -1 : xs.length) : xs.findIndex(x => x >= this.at! - 1e-9);
    this.at = xs[Math.min(xs.length - 1, Math.max(0, here + direction))];
  }

  private toggle(name: string): void {
    const hidden = new Set(this.hidden_);
    if (!hidden.delete(name)) hidden.add(name);
    this.hidden_ = hidden;
  }

  private colour(series: Series): string {
    return `var(--tb-series-${(this.series.findIndex(each => each.name === series.name) % COLOURS) + 1}, #0072b2)`;
  }

  static override styles = css`
    :host { display: block; min-width: 0; color: var(--tb-text, inherit); font-family: var(--tb-font, system-ui, sans-serif); }
    figure { margin: 0; }
    figcaption { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin-bottom: 4px; font-size: 14px; }
    .title { font-weight: 600; }
    .legend { display: flex; flex-wrap: wrap; gap: 4px; }
    button { display: inline-flex; align-items: center; gap: 6px; min-height: 28px; padding: 2px 8px; font: inherit; font-size: 13px; color: inherit; background: none; border: 1px solid transparent; border-radius: 6px; cursor: pointer; }
    button:hover { background: var(--tb-code, #8882); }
    .legend button[aria-pressed='false'] { opacity: 0.6; text-decoration: line-through; }
    figcaption > button { margin-inline-start: auto; color: var(--tb-text-soft, inherit); }
    figcaption > button[aria-pressed='true'] { background: var(--tb-accent-soft, #8882); }
    i { display: inline-block; width: 12px; height: 4px; border-radius: 2px; margin-inline-end: 4px; }
    .plot { position: relative; border-radius: 8px; touch-action: pan-y; }
    :focus-visible { outline: 2px solid var(--tb-focus, currentColor); outline-offset: 2px; }
    svg { display: block; max-width: 100%; overflow: visible; }
    .grid { stroke: var(--tb-line, #ddd); }
    .axis, .cursor { stroke: var(--tb-line-strong, #888); }
    .cursor { stroke-dasharray: 3 3; }
    text { fill: var(--tb-text-soft, currentColor); font-size: 12px; font-variant-numeric: tabular-nums; }
    .readout { position: absolute; top: 8px; left: calc(var(--x) + 10px); z-index: 1; pointer-events: none; padding: 6px 10px; font-size: 13px; white-space: nowrap; background: var(--tb-raised, Canvas); border: 1px solid var(--tb-line, #ccc); border-radius: 8px; box-shadow: var(--tb-shadow, none); }
    .readout.left { transform: translateX(calc(-100% - 20px)); }
    .empty { display: grid; place-items: center; color: var(--tb-text-soft, inherit); border: 1px dashed var(--tb-line, #ccc); border-radius: 8px; }
    .table { max-height: 260px; overflow: auto; }
    table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
    th, td { padding: 3px 12px; text-align: start; border-bottom: 1px solid var(--tb-line, #ddd); }
  `;
}

/// An estimate as a dot on its interval, on a scale from `min` to `max`; `reference` marks e.g. chance.
@customElement('tb-interval')
export class Interval extends LitElement {
  @property({ type: Number }) value = Number.NaN;
  @property({ type: Number }) low = Number.NaN;
  @property({ type: Number }) high = Number.NaN;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property({ type: Number }) reference: number | undefined;
  @property() label = '';

  override render(): unknown {
    if (!Number.isFinite(this.value)) return nothing;
    const at = (value: number): number => Math.min(100, Math.max(0, (100 * (value - this.min)) / (this.max - this.min)));
    const hasInterval = Number.isFinite(this.low) && Number.isFinite(this.high);
    const words = `${this.label ? `${this.label} ` : ''}${formatted(this.value)}${hasInterval ? `, interval ${formatted(this.low)} to ${formatted(this.high)}` : ''}`;
    return html`<div class="scale" role="img" aria-label=${words} title=${words}>
      <span class="track"></span>
      ${this.reference === undefined ? nothing : html`<span class="reference" style="left:${at(this.reference)}%"></span>`}
      ${hasInterval ? html`<span class="band" style="left:${at(this.low)}%;width:${at(this.high) - at(this.low)}%"></span>` : nothing}
      <span class="dot" style="left:${at(this.value)}%"></span>
    </div>`;
  }

  static override styles = css`
    :host { display: inline-block; width: 160px; max-width: 100%; vertical-align: middle; }
    .scale { position: relative; height: 18px; margin-inline: 6px; direction: ltr; }
    span { position: absolute; }
    .track { inset: 8px 0 auto; height: 2px; border-radius: 1px; background: var(--tb-line, #ddd); }
    .band { top: 6px; height: 6px; min-width: 2px; border-radius: 3px; background: color-mix(in srgb, var(--tb-series-1, #0072b2) 45%, transparent); }
    .dot { top: 3px; width: 12px; height: 12px; margin-left: -6px; border-radius: 50%; background: var(--tb-series-1, #0072b2); border: 2px solid var(--tb-surface, Canvas); box-sizing: border-box; }
    .reference { top: 1px; width: 2px; height: 16px; margin-left: -1px; background: var(--tb-line-strong, #888); }
  `;
}

const finite = (points: readonly [number, number | null][]): Point[] =>
  points.filter((point): point is Point => typeof point[1] === 'number' && Number.isFinite(point[1]));

/// The stretches between gaps.
function pieces(points: readonly [number, number | null][]): Point[][] {
  const found: Point[][] = [[]];
  for (const point of points) {
    if (typeof point[1] === 'number' && Number.isFinite(point[1])) found.at(-1)!.push(point as Point);
    else found.push([]);
  }
  return found.filter(piece => piece.length > 0);
}

function nearestTo(points: Point[], x: number): Point | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] < x) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [points[low - 1], points[low]];
  return before && after && x - before[0] < after[0] - x ? before : after;
}

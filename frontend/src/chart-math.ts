export type Point = [number, number];

export interface Axis {
  min: number;
  max: number;
  step: number;
  ticks: number[];
}

/// Ticks at 1, 2 or 5 times a power of ten; `pad` widens the range by that share, so that no curve runs on the edge.
export function axis(values: readonly number[], wantedTicks: number, pad = 0): Axis {
  let min = values.reduce((a, b) => Math.min(a, b), Infinity);
  let max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (min === max) [min, max] = [min - (Math.abs(min) || 1) / 2, max + (Math.abs(max) || 1) / 2];
  const padding = (max - min) * pad;
  [min, max] = [min - padding, max + padding];
  const rough = (max - min) / Math.max(2, wantedTicks);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find(factor => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(min / step); i * step <= max + step * 1e-9; i++) ticks.push(i * step);
  return { min, max, step, ticks };
}

/// Two points per column, its lowest and its highest, so that a spike is never lost to thinning.
export function thinned(points: readonly Point[], width: number): Point[] {
  const columns = Math.max(1, Math.floor(width));
  if (points.length <= columns * 2) return [...points];
  const kept: Point[] = [];
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * points.length) / columns);
    const to = Math.floor(((column + 1) * points.length) / columns);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (points[i]![1] < points[low]![1]) low = i;
      if (points[i]![1] > points[high]![1]) high = i;
    }
    kept.push(points[Math.min(low, high)]!);
    if (low !== high) kept.push(points[Math.max(low, high)]!);
  }
  return kept;
}

/// As few digits as tell neighbouring ticks apart, or four significant ones.
export function formatted(value: number, step?: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    // 3e-5 reads better than 0.00003, and 0 ± rounding is 0
    return step !== undefined && size < step / 1e6 ? '0' : Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
  }
  if (step !== undefined) return value.toFixed(Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))));
  return String(Number(value.toPrecision(4)));
}

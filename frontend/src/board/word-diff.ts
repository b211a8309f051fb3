/// Which words of two texts stand in one of them only, after Myers 1986 (linear space). Its work is bounded: what is left
/// when the steps are used up counts as different.

const MOST_STEPS = 4_000_000;

export interface Differences {
  /// By word: whether the other text lacks it.
  a: boolean[];
  b: boolean[];
}

export function wordDifferences(a: readonly string[], b: readonly string[]): Differences {
  const numbers = new Map<string, number>();
  const number = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  const walk = new Walk(Int32Array.from(a, number), Int32Array.from(b, number));
  walk.compare(0, a.length, 0, b.length);
  smooth(a, b, walk);
  return { a: walk.onlyA, b: walk.onlyB };
}

class Walk {
  readonly onlyA: boolean[];
  readonly onlyB: boolean[];
  private steps = 0;
  private readonly forward: Int32Array;
  private readonly backward: Int32Array;
  private readonly zero: number;

  constructor(
    private readonly a: Int32Array,
    private readonly b: Int32Array,
  ) {
    this.onlyA = new Array<boolean>(a.length).fill(false);
    this.onlyB = new Array<boolean>(b.length).fill(false);
    this.zero = a.length + b.length + 1;
    this.forward = new Int32Array(2 * this.zero + 1);
    this.backward = new Int32Array(2 * this.zero + 1);
  }

  compare(fromA: number, toA: number, fromB: number, toB: number): void {
    while (fromA < toA && fromB < toB && this.a[fromA] === this.b[fromB]) fromA++, fromB++;
    while (fromA < toA && fromB < toB && this.a[toA - 1] === this.b[toB - 1]) toA--, toB--;
    const middle = fromA < toA && fromB < toB ? this.middle(fromA, toA, fromB, toB) : undefined;
    if (!middle) {
      this.onlyA.fill(true, fromA, toA);
      this.onlyB.fill(true, fromB, toB);
      return;
    }
    this.compare(fromA, middle[0], fromB, middle[1]);
    this.compare(middle[0], toA, middle[1], toB);
  }

  /// A point on a shortest path, met from both ends; none where nothing is shared or the steps are used up.
  private middle(fromA: number, toA: number, fromB: number, toB: number): [number, number] | undefined {
    const { forward, backward, zero, a, b } = this;
    const n = toA - fromA;
    const m = toB - fromB;
    const delta = n - m;
    const odd = delta % 2 !== 0;
    forward[zero + 1] = 0;
    backward[zero + 1] = 0;
    for (let d = 0; d <= (n + m + 1) / 2; d++) {
      this.steps += d;
      if (this.steps > MOST_STEPS) return undefined;
      for (let k = -d; k <= d; k += 2) {
        let x = k === -d || (k !== d && forward[zero + k - 1]! < forward[zero + k + 1]!) ? forward[zero + k + 1]! : forward[zero + k - 1]! + 1;
        while (x < n && x - k < m && x - k >= 0 && a[fromA + x] === b[fromB + x - k]) x++;
        forward[zero + k] = x;
        if (odd && k >= delta - (d - 1) && k <= delta + (d - 1) && x + backward[zero + delta - k]! >= n) {
          const inside = Math.min(x, n, m + k); // a path may have run past the edge, where it gains nothing
          return this.point(fromA, fromB, inside, inside - k, n, m);
        }
      }
      for (let k = -d; k <= d; k += 2) {
        let x = k === -d || (k !== d && backward[zero + k - 1]! < backward[zero + k + 1]!) ? backward[zero + k + 1]! : backward[zero + k - 1]! + 1;
        while (x < n && x - k < m && x - k >= 0 && a[toA - 1 - x] === b[toB - 1 - (x - k)]) x++;
        backward[zero + k] = x;
        if (!odd && k >= -d + delta && k <= d + delta && x + forward[zero + delta - k]! >= n) {
          const inside = Math.min(x, n, m + k);
          return this.point(fromA, fromB, n - inside, m - (inside - k), n, m);
        }
      }
    }
    return undefined;
  }

  private point(fromA: number, fromB: number, x: number, y: number, n: number, m: number): [number, number] | undefined {
    const inside = x >= 0 && y >= 0 && x <= n && y <= m && x + y > 0 && x + y < n + m;
    return inside ? [fromA + x, fromB + y] : undefined;
  }
}

/// Two unlike texts share "the" and "of" here and there: a shared run shorter than what differs on both its sides is no
/// sameness that a reader would see.
function smooth(a: readonly string[], b: readonly string[], { onlyA, onlyB }: Walk): void {
  const runs: { from: [number, number]; shared: number; changed: number }[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const changedA = i;
    const changedB = j;
    while (onlyA[i]) i++;
    while (onlyB[j]) j++;
    const changed = Math.max(i - changedA, j - changedB);
    const from: [number, number] = [i, j];
    while (i < a.length && j < b.length && !onlyA[i] && !onlyB[j]) i++, j++;
    runs.push({ from, shared: i - from[0], changed });
  }
  for (let each = 0; each < runs.length - 1; each++) {
    const { from, shared, changed } = runs[each]!;
    const next = runs[each + 1]!;
    if (changed === 0 || shared > changed || shared > next.changed) continue;
    onlyA.fill(true, from[0], from[0] + shared);
    onlyB.fill(true, from[1], from[1] + shared);
    next.changed += changed + shared;
  }
}

// Where Markdown holds LaTeX: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, as models write them. Money is not mathematics.
import type MarkdownIt from 'markdown-it';
import type { StateBlock, StateInline } from 'markdown-it';

const CLOSING: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' };
const LONGEST_BETWEEN_DOLLARS = 500;

/// Tokens `math` and `math_block`: the formula as written, with its delimiters; `info` is what follows a block's.
export function readMaths(parser: InstanceType<typeof MarkdownIt>): void {
  parser.block.ruler.before('fence', 'math_block', mathBlock, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  parser.inline.ruler.before('escape', 'math', mathInLine);
  parser.inline.ruler.after('math', 'dollars', mathBetweenDollars);
}

/// Whether a text may hold mathematics at all.
export const mayHoldMaths = (text: string): boolean => /\$[^\s$]|\\[([]|\$\$/.test(text);

/// The formula without its delimiters, and whether it stands on a line of its own.
export function formulaIn(written: string): { latex: string; display: boolean } {
  const width = /^\$[^$]/.test(written) ? 1 : 2;
  return { latex: written.slice(width, -width).trim(), display: written.startsWith('\\[') || written.startsWith('$$') };
}

/// What is known not to close any more in the text at hand: looking to its end again and again would take for ever.
const unclosed = new WeakMap<StateInline, Set<string>>();

function mathInLine(state: StateInline, silent: boolean): boolean {
  const opening = state.src.slice(state.pos, state.pos + 2);
  const closing = CLOSING[opening];
  if (!closing || unclosed.get(state)?.has(closing)) return false;
  const end = state.src.indexOf(closing, state.pos + 2);
  if (end < 0 || end + 2 > state.posMax) {
    unclosed.set(state, (unclosed.get(state) ?? new Set()).add(closing));
    return false;
  }
  if (!silent) state.push('math', '', 0).content = state.src.slice(state.pos, end + 2);
  state.pos = end + 2;
  return true;
}

/// Pandoc's rule – no blank inside the dollars, no digit after them – and no prose between them: "$5 and $10" is money.
function mathBetweenDollars(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '$') return false;
  const end = closingDollar(state);
  if (end < 0) return false;
  if (!silent) state.push('math', '', 0).content = state.src.slice(state.pos, end + 1);
  state.pos = end + 1;
  return true;
}

function closingDollar(state: StateInline): number {
  const { src, pos, posMax } = state;
  if (/[\w$\\]/.test(src[pos - 1] ?? '') || /[\s$]/.test(src[pos + 1] ?? ' ')) return -1;
  const limit = Math.min(posMax, pos + LONGEST_BETWEEN_DOLLARS);
  let end = pos + 1;
  while (end < limit && src[end] !== '$' && src[end] !== '\n') end += src[end] === '\\' ? 2 : 1;
  if (end >= limit || src[end] !== '$') return -1;
  const body = src.slice(pos + 1, end);
  return /\s$/.test(body) || /[\w$]/.test(src[end + 1] ?? '') || !looksLikeMaths(body) ? -1 : end;
}

function looksLikeMaths(body: string): boolean {
  const bare = body.replace(/\\(?:text|mathrm|operatorname|textbf|mbox)\s*\{[^{}]*\}/g, '').replace(/\\[a-zA-Z]+/g, '\\');
  if (/\p{L}{2,}[\s,;]+\p{L}{2,}/u.test(bare) || /^\d.*\p{L}{2,}/u.test(bare)) return false; // prose, or "$3/day or 4$"
  return /^\d+(?:[.,]\d+)*$/.test(bare) || /[\\^_=+*/<>|{}()[\]-]/.test(bare) || /^\p{L}'*$/u.test(bare);
}

/// Up to which line a kind of block was sought in vain.
const soughtTo = new WeakMap<StateBlock, Map<string, number>>();

/// `\[` or `$$` at the start of a line up to its end at the end of a line, without a blank line between.
function mathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const begin = state.bMarks[startLine]! + state.tShift[startLine]!;
  const opening = state.src.slice(begin, begin + 2);
  if ((opening !== '\\[' && opening !== '$$') || state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const sought = soughtTo.get(state) ?? new Map<string, number>();
  if ((sought.get(opening) ?? -1) > startLine) return false;
  for (let line = startLine; line < endLine && !(line > startLine && state.isEmpty(line)); line++) {
    const from = line === startLine ? begin + 2 : state.bMarks[line]!;
    const found = state.src.slice(from, state.eMarks[line]).indexOf(CLOSING[opening]!);
    if (found < 0) {
      soughtTo.set(state, sought.set(opening, line));
      continue;
    }
    const end = from + found + 2;
    const after = state.src.slice(end, state.eMarks[line]).trim();
    if (!/^[.,;:!?。，]?$/.test(after) || state.sCount[line]! < state.blkIndent) return false;
    if (silent) return true;
    const token = state.push('math_block', '', 0);
    token.content = state.getLines(startLine, line + 1, state.blkIndent, false).trim().slice(0, after ? -after.length : undefined).trim();
    token.info = after;
    token.map = [startLine, line + 1];
    token.block = true;
    state.line = line + 1;
    return true;
  }
  return false;
}

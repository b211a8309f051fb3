import { wordDifferences } from './word-diff';

/// More words than this a side are not compared.
const MOST_WORDS = 30_000;

interface Word {
  text: string;
  node: Text | Element;
  from: number;
  to: number;
}

export interface Marked {
  a: number;
  b: number;
}

/// Marks what stands in one completion only, in the text as it is shown: `<del>` in A for what B lacks, `<ins>` in B for
/// what it adds. Undefined where the texts are too long.
export function markDifferences(a: Element, b: Element): Marked | undefined {
  const wordsA = wordsOf(a);
  const wordsB = wordsOf(b);
  if (!wordsA || !wordsB) return undefined;
  const only = wordDifferences(wordsA.map(word => word.text), wordsB.map(word => word.text));
  return { a: mark(wordsA, only.a, 'del'), b: mark(wordsB, only.b, 'ins') };
}

export function unmarkDifferences(within: Element): void {
  for (const mark of within.querySelectorAll('ins, del')) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
}

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined;

/// Words and signs without the blanks; a formula is one word.
function wordsOf(pane: Element): Word[] | undefined {
  const words: Word[] = [];
  const nodes = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, partOfText);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (node instanceof HTMLElement && node.classList.contains('formula')) {
      words.push({ text: node.dataset['written'] ?? '', node, from: 0, to: 0 });
    } else if (node instanceof Text) {
      for (const { text, at } of segments(node.data)) {
        if (text.trim()) words.push({ text, node, from: at, to: at + text.length });
      }
    }
    if (words.length > MOST_WORDS) return undefined;
  }
  return words;
}

function partOfText(node: Node): number {
  if (node instanceof HTMLElement && (node.tagName === 'BUTTON' || node.hasAttribute('hidden'))) return NodeFilter.FILTER_REJECT;
  return node.parentElement?.closest('.formula') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
}

function* segments(text: string): Iterable<{ text: string; at: number }> {
  if (segmenter) {
    for (const { segment, index } of segmenter.segment(text)) yield { text: segment, at: index };
  } else {
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu)) yield { text: match[0], at: match.index };
  }
}

/// Neighbours in the same text node share a mark. From the end, so that what is split off leaves the places before it.
function mark(words: readonly Word[], only: readonly boolean[], tag: 'ins' | 'del'): number {
  let marks = 0;
  for (let last = words.length - 1; last >= 0; last--) {
    if (!only[last]) continue;
    const { node } = words[last]!;
    let first = last;
    while (node instanceof Text && first > 0 && only[first - 1] && words[first - 1]!.node === node) first--;
    wrap(node, words[first]!.from, words[last]!.to, tag);
    marks++;
    last = first;
  }
  return marks;
}

function wrap(node: Text | Element, from: number, to: number, tag: 'ins' | 'del'): void {
  const mark = document.createElement(tag);
  const part = node instanceof Text ? partOf(node, from, to) : node;
  part.replaceWith(mark);
  mark.append(part);
}

function partOf(node: Text, from: number, to: number): Text {
  if (to < node.length) node.splitText(to);
  return from > 0 ? node.splitText(from) : node;
}

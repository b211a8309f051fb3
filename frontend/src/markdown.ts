// Safe Markdown for text that a model wrote: `render` builds DOM nodes from an allow-list, never from markup.
//
// Raw HTML, links and images stay the characters they are, so nothing can run, be fetched or be clicked; and what is
// shown is what was written: should the rendering lose a letter or a digit, the plain text is shown instead.
import MarkdownIt, { type Token } from 'markdown-it';
import type { highlighted } from './code';
import { languageOf } from './language';
import { markdownStyles } from './markdown-styles';
import { formulaIn, mayHoldMaths, readMaths } from './math-syntax';
import type { formula } from './maths';

/// Longer texts are laid out as plain text, the rest behind a button, so that a flood cannot freeze the page.
const LONGEST_MARKDOWN = 100_000;
const LONGEST_AT_ONCE = 40_000;
/// Formulas of one text, in characters: what comes after them stays LaTeX.
const MOST_MATHS = 20_000;
/// Code of one text that is coloured, in characters.
const MOST_COLOURED = 40_000;
/// markdown-it silently drops blocks nested deeper than its limit of 100.
const DEEPEST = 60;

const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: false, breaks: true });
parser.disable(['link', 'image', 'autolink', 'html_block', 'html_inline', 'entity', 'reference', 'linkify']);
readMaths(parser);

/// Fetched from our own server when the first text needs them; until then mathematics and code show as written.
const loaded: { formula?: typeof formula; highlighted?: typeof highlighted } = {};

/// Resolves when all that these texts need is at hand, and says whether any of it was not before; a part that cannot be
/// had leaves the source standing.
export async function ready(texts: readonly string[]): Promise<boolean> {
  const wanted: Promise<unknown>[] = [];
  if (!loaded.formula && texts.some(mayHoldMaths)) {
    wanted.push(import('./maths').then(part => (loaded.formula = part.formula)));
  }
  if (!loaded.highlighted && texts.some(text => /(?:```|~~~)\s*\w/.test(text))) {
    wanted.push(import('./code').then(part => (loaded.highlighted = part.highlighted)));
  }
  await Promise.allSettled(wanted);
  return wanted.length > 0;
}

/// `plain` shows the source as it is; `wrapped` takes single line breaks for the wrapping of a text file; `under` is the
/// level of the page's heading above the text.
export interface Rendering {
  plain?: boolean;
  wrapped?: boolean;
  under?: number;
}

/// The text as safe nodes.
export function render(text: string, { plain = false, wrapped = false, under = 2 }: Rendering = {}): DocumentFragment {
  if (plain || text.length > LONGEST_MARKDOWN) {
    return plainText(text);
  }
  const tokens = parser.parse(text, {});
  if (tokens.some(token => token.level > DEEPEST)) {
    return plainText(text);
  }
  const builder = new Builder(wrapped, headingLevels(tokens, under));
  builder.blocks(tokens);
  return lettersAndDigits(builder.written.join('')) === lettersAndDigits(text) ? builder.fragment : plainText(text);
}

const blockTags: Readonly<Record<string, string>> = {
  paragraph_open: 'p',
  blockquote_open: 'blockquote',
  bullet_list_open: 'ul',
  ordered_list_open: 'ol',
  list_item_open: 'li',
  thead_open: 'thead',
  tbody_open: 'tbody',
  tr_open: 'tr',
  th_open: 'th',
  td_open: 'td',
  strong_open: 'strong',
  em_open: 'em',
  s_open: 's',
};

/// Walks the token stream with a stack of open elements.
class Builder {
  readonly fragment = document.createDocumentFragment();
  /// Every text that a reader sees, list numbers included.
  readonly written: string[] = [];
  private readonly open: Node[] = [this.fragment];
  private maths = MOST_MATHS;
  private coloured = MOST_COLOURED;

  constructor(
    private readonly wrapped: boolean,
    private readonly levels: ReadonlyMap<string, number>,
  ) {}

  blocks(tokens: readonly Token[]): void {
    for (const token of tokens) this.add(token);
  }

  private add(token: Token): void {
    if (token.nesting === -1) return this.close();
    switch (token.type) {
      case 'inline':
        this.blocks(token.children ?? []);
        return;
      case 'text':
      case 'text_special':
        return this.text(token.content);
      case 'softbreak':
        this.append(this.wrapped ? document.createTextNode(' ') : document.createElement('br'));
        return;
      case 'hardbreak':
        this.append(document.createElement('br'));
        return;
      case 'code_inline':
        return this.leaf('code', token.content);
      case 'math':
        return this.mathematics(token.content);
      case 'math_block':
        return this.mathBlock(token);
      case 'code_block':
      case 'fence':
        return this.codeBlock(token);
      case 'hr':
        this.append(document.createElement('hr'));
        return;
      case 'heading_open':
        return this.push(heading(token.tag, this.levels.get(token.tag) ?? 6));
      case 'table_open':
        return this.push(document.createElement('table'), 'table');
      default:
        return this.container(token);
    }
  }

  private container(token: Token): void {
    const tag = blockTags[token.type];
    const element = document.createElement(tag ?? 'span');
    if (tag === 'p' && token.hidden) return this.push(document.createElement('span'));
    if (tag === 'ol') element.setAttribute('start', String(token.attrGet('start') ?? 1));
    if (tag === 'li' && /^\d+$/.test(token.info)) {
      element.setAttribute('value', token.info); // numbered as written, not as counted
      this.written.push(token.info);
    }
    const alignment = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
    if (alignment) element.className = `align-${alignment}`;
    this.push(element);
  }

  /// What may be wider than the column scrolls inside its own box.
  private codeBlock(token: Token): void {
    const box = document.createElement('pre');
    box.dir = 'ltr';
    const language = token.type === 'fence' ? token.info.trim() : '';
    this.push(box, 'code');
    if (language) this.leaf('span', language, 'language');
    this.code(token.content.replace(/\n$/, ''), language.split(/[\s,{]/)[0] ?? '');
    this.close();
  }

  private code(content: string, language: string): void {
    const pieces = content.length <= this.coloured ? loaded.highlighted?.(content, language) : undefined;
    if (!pieces) return this.leaf('code', content);
    this.coloured -= content.length;
    const element = document.createElement('code');
    element.dir = 'ltr';
    this.push(element);
    for (const { text, scope } of pieces) {
      if (scope) this.leaf('span', text, `code-${scope}`, 'ltr');
      else this.text(text);
    }
    this.close();
  }

  private mathBlock(token: Token): void {
    this.push(document.createElement('div'));
    this.mathematics(token.content, token.info);
    this.close();
  }

  /// A formula is written where its LaTeX is; where that cannot be shown whole, the LaTeX stands.
  private mathematics(written: string, after = ''): void {
    const { latex, display } = formulaIn(written);
    const shown = written.length <= this.maths ? loaded.formula?.(latex, display) : undefined;
    if (!shown) return this.leaf('code', written + after, 'math');
    this.maths -= written.length;
    this.written.push(written, after);
    const box = document.createElement('span');
    box.className = display ? 'formula scroller display' : 'formula';
    box.dir = 'ltr';
    box.dataset['written'] = written;
    box.append(shown, after);
    this.append(box);
  }

  private leaf(tag: string, content: string, className = '', dir = tag === 'code' ? 'ltr' : ''): void {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (dir) element.dir = dir;
    this.push(element);
    this.text(content);
    this.close();
  }

  private text(content: string): void {
    this.written.push(content);
    this.append(visibleText(content));
  }

  private push(element: HTMLElement, box = ''): void {
    if (box) {
      const scroller = document.createElement('div');
      scroller.className = `scroller ${box}`;
      scroller.append(element);
      this.append(scroller);
    } else {
      this.append(element);
    }
    this.open.push(element);
  }

  /// The direction comes last: set earlier, each child added would have it found again. What holds blocks has that of
  /// its first letter, for `auto` passes over parts with a direction of their own; an item stands as its list does.
  private close(): void {
    const closed = this.open.pop();
    if (!(closed instanceof HTMLElement) || closed.hasAttribute('dir') || ['LI', 'TR', 'THEAD', 'TBODY'].includes(closed.tagName)) return;
    closed.dir = ['UL', 'OL', 'BLOCKQUOTE', 'TABLE'].includes(closed.tagName) ? directionOf(closed) : 'auto';
    if (closed.tagName === 'TABLE' && closed.parentElement) closed.parentElement.dir = closed.dir;
  }

  private append(node: Node): void {
    this.open.at(-1)?.appendChild(node);
  }
}

/// A text's headings follow on the page's without a gap: they must neither outrank it nor skip a level.
function headingLevels(tokens: readonly Token[], under: number): ReadonlyMap<string, number> {
  const tags = new Set(tokens.filter(token => token.type === 'heading_open').map(token => token.tag));
  return new Map([...tags].sort().map((tag, i) => [tag, Math.min(under + 1 + i, 6)]));
}

function heading(tag: string, level: number): HTMLElement {
  const element = document.createElement(`h${level}`);
  element.className = tag;
  return element;
}

const RIGHT_TO_LEFT = /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

function directionOf(block: Element): 'ltr' | 'rtl' {
  const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const letter = /\p{L}/u.exec(nodes.currentNode.nodeValue ?? '')?.[0];
    if (letter) return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
  }
  return 'ltr';
}

function plainText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const block = document.createElement('div');
  block.className = 'plain';
  block.append(visibleText(text.slice(0, LONGEST_AT_ONCE)));
  block.dir = 'auto';
  fragment.append(block);
  if (text.length > LONGEST_AT_ONCE) fragment.append(...folded(text.slice(LONGEST_AT_ONCE), block));
  return fragment;
}

/// The rest of a flood: laid out when the button, or the browser's own search, opens it.
function folded(rest: string, block: HTMLElement): [HTMLElement, HTMLElement] {
  const more = document.createElement('button');
  more.type = 'button';
  more.className = 'more';
  more.textContent = `Show the other ${rest.length.toLocaleString('en')} characters`;
  const hidden = document.createElement('div');
  hidden.className = 'plain';
  hidden.setAttribute('hidden', 'until-found');
  hidden.append(visibleText(rest));
  const unfold = (): void => {
    block.append(...hidden.childNodes);
    hidden.remove();
    more.remove();
  };
  more.addEventListener('click', unfold);
  hidden.addEventListener('beforematch', unfold);
  return [more, hidden];
}

// Flags such as Scotland's are built from tag characters and stay whole, and a Han character may carry a variation
// selector; every other control, every letter without a shape, and marks piled on a letter beyond reason are named.
const CONTROLS =
  /(\u{1F3F4}[\u{E0020}-\u{E007F}]+)|([\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0D\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E00FF}]|(?<!\p{Script=Han})[\u{E0100}-\u{E01EF}]|(?<=\p{M}{8})\p{M})/gu;

/// Characters that turn, hide or reorder text are shown by their code point instead of obeyed.
function visibleText(text: string): Node {
  if (text.search(CONTROLS) < 0) {
    return document.createTextNode(text);
  }
  const fragment = document.createDocumentFragment();
  let shown = 0;
  for (const match of text.matchAll(CONTROLS)) {
    if (match[1]) continue;
    fragment.append(text.slice(shown, match.index), controlMark(match[0]));
    shown = match.index + match[0].length;
  }
  fragment.append(text.slice(shown));
  return fragment;
}

function controlMark(control: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'control';
  mark.textContent = `U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  mark.title = 'A character in the text that cannot be seen, or that hides or reorders others';
  return mark;
}

const lettersAndDigits = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/// `<tb-markdown>`: property `text`, and `plain` for the source; for Flow pages that show what a model wrote.
export class TbMarkdown extends HTMLElement {
  private readonly body = document.createElement('div');
  private current = '';
  private asPlain = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(markdownStyles);
    root.adoptedStyleSheets = [sheet];
    this.body.className = 'markdown';
    root.append(this.body);
  }

  connectedCallback(): void {
    // Flow may have set the properties before this module was loaded.
    for (const name of ['text', 'plain'] as const) {
      if (Object.hasOwn(this, name)) {
        const value: unknown = this[name];
        delete (this as Record<string, unknown>)[name];
        Object.assign(this, { [name]: value });
      }
    }
  }

  get text(): string {
    return this.current;
  }

  set text(value: string | null) {
    this.current = value ?? '';
    this.refresh();
  }

  get plain(): boolean {
    return this.asPlain;
  }

  set plain(value: boolean) {
    this.asPlain = value;
    this.refresh();
  }

  private refresh(): void {
    this.show();
    if (!this.asPlain) void ready([this.current]).then(more => more && this.show());
  }

  private show(): void {
    this.body.lang = languageOf(this.current);
    this.body.replaceChildren(render(this.current, { plain: this.asPlain, under: 4 }));
  }
}

if (!customElements.get('tb-markdown')) customElements.define('tb-markdown', TbMarkdown);

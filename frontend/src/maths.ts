// LaTeX as MathML, without markup: Temml reads, an allow-list builds the nodes. What would hide, cover, colour or swallow
// a part of a formula makes it stay the source it is.
import temml from 'temml';

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const LONGEST = 3_000;
const MOST_NODES = 4_000;
const DEEPEST = 50;
/// Em that a formula may draw its parts together in all: `\!` does it, and so does what wants to cover a neighbour.
const MOST_PULLED = 1;

const ELEMENTS = new Set(
  ('math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts '
    + 'none mtable mtr mtd mstyle mpadded').split(' '),
);
const WORDS = new Set(
  ('accent columnalign depth display displaystyle fence form height largeop linebreak linethickness lspace mathvariant maxsize '
    + 'minsize movablelimits rowspacing rspace scriptlevel separator stretchy symmetric voffset width').split(' '),
);
const STYLES = new Set(
  'textAlign padding paddingLeft paddingRight paddingTop paddingBottom borderLeft borderRight borderTop borderBottom border fontWeight'.split(' '),
);
const DEFINITIONS = /\\(?:[gex]?def|let|futurelet|global|long|(?:re|provide)?newcommand|renewcommand|char|unicode|csname)(?![a-zA-Z])/;

/// What Temml calls a node, as far as it is read here.
interface Node {
  type?: string;
  text?: string;
  attributes?: Record<string, unknown>;
  classes?: readonly string[];
  style?: Record<string, unknown>;
  children?: readonly Node[];
}

/// Undefined where the formula cannot be shown whole.
export function formula(latex: string, display: boolean): Element | undefined {
  if (latex.length > LONGEST || DEFINITIONS.test(latex)) return undefined;
  try {
    const tree = temml.__renderToMathMLTree(latex, {
      displayMode: display, throwOnError: true, trust: false, strict: false, maxExpand: 200, maxSize: [3, 40],
    }) as Node;
    const built = new Formula().build(tree, 0);
    return built instanceof Element && holdsAll(latex, built.textContent ?? '') ? built : undefined;
  } catch {
    return undefined; // not LaTeX, or not a kind that is shown
  }
}

class Formula {
  private nodes = 0;
  private pulled = 0;

  build(node: Node, depth: number): Element | Text | DocumentFragment {
    if (++this.nodes > MOST_NODES || depth > DEEPEST) throw new Error('too large');
    if (node.text !== undefined) return document.createTextNode(node.text);
    const children = (node.children ?? []).map(child => this.build(child, depth + 1));
    if (node.type === undefined) {
      const fragment = document.createDocumentFragment();
      fragment.append(...children);
      return fragment;
    }
    if (!ELEMENTS.has(node.type)) throw new Error(`not shown: ${node.type}`);
    const element = document.createElementNS(MATHML, node.type) as MathMLElement;
    for (const [name, value] of Object.entries(node.attributes ?? {})) this.attribute(element, name, String(value));
    for (const [name, value] of Object.entries(node.style ?? {})) this.style(element, name, String(value));
    const classes = (node.classes ?? []).filter(each => /^tml-[a-z-]+$/.test(each));
    if (classes.length > 0) element.setAttribute('class', classes.join(' '));
    element.append(...children);
    return element;
  }

  private attribute(element: Element, name: string, value: string): void {
    if (name === 'xmlns') return;
    if (!WORDS.has(name) || !/^[a-z0-9.+-]*$/i.test(value)) throw new Error(`not shown: ${name}`);
    this.measure(value, name === 'width');
    element.setAttribute(name, value);
  }

  private style(element: MathMLElement, name: string, value: string): void {
    if (name === 'display' || name === 'mathDepth' || name === 'math-depth') return; // the style sheet says it
    if (name === 'marginLeft') {
      this.measure(value, false);
      element.style.marginLeft = value;
      return;
    }
    if (!STYLES.has(name) || !/^[a-z0-9. -]*$/.test(value)) throw new Error(`not shown: ${name}`);
    for (const part of value.split(' ')) this.measure(part, false);
    element.style.setProperty(name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`), value);
  }

  /// Nothing may move far, vanish, or be drawn over what stands before it.
  private measure(value: string, mayNotVanish: boolean): void {
    const [, number, unit] = /^([+-]?[\d.]+)(em|ex|mu|pt|px)$/.exec(value) ?? [];
    if (number === undefined) return;
    const em = Number(number) / ({ em: 1, ex: 2, mu: 18, pt: 12, px: 16 }[unit!] ?? 1);
    if (em > 4 || em < -0.5 || (mayNotVanish && unit === 'px')) throw new Error('moved too far');
    if (em < 0) this.pulled -= em;
    if (this.pulled > MOST_PULLED) throw new Error('drawn together too much');
  }
}

/// Every letter and digit that is not of a command must be seen: comments, colours and phantoms swallow some.
function holdsAll(latex: string, shown: string): boolean {
  const left = new Map<string, number>();
  for (const each of shown.normalize('NFKC')) left.set(each, (left.get(each) ?? 0) + 1);
  const written = latex
    .replace(/\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\{[clr|\s]*\})?/g, ' ')
    .replace(/\\\\\s*\[\s*[\d.]+\s*(?:em|ex|pt)\s*\]/g, ' ')
    .replace(/\\[a-zA-Z]+/g, ' ');
  for (const each of written.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? []) {
    const count = left.get(each) ?? 0;
    if (count === 0) return false;
    left.set(each, count - 1);
  }
  return true;
}

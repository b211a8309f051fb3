// Code in colours: highlight.js reads, and only its scopes are taken, never its markup.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const languages = { bash, c, cpp, csharp, css, diff, go, java, javascript, json, kotlin, php, python, r, ruby, rust, sql, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

/// Longer code stays plain: a grammar's expressions may take the square of its length.
const LONGEST = 20_000;
const LONGEST_LINE = 1_000;

export interface Piece {
  text: string;
  /// A word such as `keyword` or `string`; empty for plain code.
  scope: string;
}

interface Scoped {
  scope?: string;
  children: readonly (Scoped | string)[];
}

/// The code in pieces; undefined where the language is not known or the code is too long.
export function highlighted(code: string, language: string): Piece[] | undefined {
  const name = language.toLowerCase();
  if (code.length > LONGEST || !hljs.getLanguage(name) || code.split('\n').some(line => line.length > LONGEST_LINE)) return undefined;
  const { _emitter } = hljs.highlight(code, { language: name, ignoreIllegals: true });
  const pieces: Piece[] = [];
  collect((_emitter as unknown as { rootNode: Scoped }).rootNode, '', pieces);
  return pieces.map(piece => piece.text).join('') === code ? pieces : undefined;
}

function collect(node: Scoped, outer: string, pieces: Piece[]): void {
  const scope = node.scope?.split(/[.:]/)[0] || outer;
  for (const child of node.children) {
    if (typeof child === 'string') pieces.push({ text: child, scope });
    else collect(child, scope, pieces);
  }
}

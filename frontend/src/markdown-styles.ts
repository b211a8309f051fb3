// How rendered model text reads, in the board and in `<tb-markdown>`. `contain` keeps it inside its own box.
export const markdownStyles = `
:host { display: block; }
.markdown {
  contain: content;
  font-family: var(--tb-font-reading, system-ui, sans-serif);
  font-size: var(--tb-reading-size, 1rem);
  line-height: var(--tb-leading, 1.62);
  color: var(--tb-text, inherit);
  max-width: var(--tb-measure, 75ch);
  overflow-wrap: anywhere;
  line-break: normal;
  text-autospace: normal;
  unicode-bidi: isolate;
}
.markdown:lang(ja), .markdown:lang(zh) { line-break: strict; line-height: 1.75; }
.markdown:lang(ko) { word-break: keep-all; }
.markdown > :first-child { margin-top: 0; }
.markdown > :last-child { margin-bottom: 0; }
.markdown p, .markdown ul, .markdown ol, .markdown blockquote, .markdown .scroller { margin: 0 0 0.85em; }
.markdown ul, .markdown ol { padding-inline-start: 1.6em; }
.markdown li { margin: 0.2em 0; }
.markdown li::marker { color: var(--tb-text-soft, inherit); }
.markdown li > ul, .markdown li > ol { margin-bottom: 0; }
.markdown h3, .markdown h4, .markdown h5, .markdown h6 {
  margin: 1.3em 0 0.5em; line-height: 1.3; font-weight: 650; font-size: 1em;
}
.markdown .h1 { font-size: 1.22em; }
.markdown .h2 { font-size: 1.1em; }
.markdown blockquote {
  padding-inline-start: 1em; border-inline-start: 3px solid var(--tb-line-strong, #999);
  color: var(--tb-text-soft, inherit);
}
.markdown hr { border: 0; border-top: 1px solid var(--tb-line, #ccc); margin: 1.4em 0; }
.markdown code {
  font-family: var(--tb-font-mono, ui-monospace, monospace); font-size: 0.9em; unicode-bidi: isolate;
  background: var(--tb-code, #8881); border-radius: 4px; padding: 0.1em 0.3em; white-space: pre-wrap;
}
.markdown code.math { background: none; padding: 0; }
.markdown math {
  font-family: "Cambria Math", "STIX Two Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math; font-size: 1.06em; line-height: normal;
  letter-spacing: normal; overflow-wrap: normal; word-break: normal;
}
.markdown .formula { overflow-wrap: normal; white-space: nowrap; }
.markdown .formula.display { display: block; margin: 0.6em 0; padding: 0.1em 0.2em; overflow-y: hidden; text-align: center; }
.markdown .formula.display math { display: math; }
.markdown mtd.tml-left { text-align: start; }
.markdown mtd.tml-right { text-align: end; }
.markdown .code-keyword, .markdown .code-selector-tag, .markdown .code-literal, .markdown .code-doctag { color: var(--tb-code-keyword, #8a3ffc); }
.markdown .code-string, .markdown .code-regexp, .markdown .code-addition, .markdown .code-char { color: var(--tb-code-string, #19713f); }
.markdown .code-number, .markdown .code-symbol, .markdown .code-bullet, .markdown .code-link { color: var(--tb-code-number, #9a4a00); }
.markdown .code-comment, .markdown .code-quote, .markdown .code-meta { color: var(--tb-text-soft, #566076); }
.markdown .code-title, .markdown .code-section, .markdown .code-name { color: var(--tb-code-title, #2f55c8); }
.markdown .code-built_in, .markdown .code-type, .markdown .code-attr, .markdown .code-attribute,
.markdown .code-selector-class, .markdown .code-selector-id { color: var(--tb-code-type, #00677f); }
.markdown .code-deletion { color: var(--tb-bad, #b3261e); }
.markdown .scroller { overflow-x: auto; max-width: 100%; border-radius: 8px; }
.markdown .scroller:focus-visible { outline: 2px solid var(--tb-focus, currentColor); outline-offset: -2px; }
.markdown .scroller.code { background: var(--tb-code, #8881); max-height: 32rem; overflow-y: auto; }
.markdown pre { margin: 0; padding: 0.8em 1em; width: max-content; min-width: 100%; box-sizing: border-box; }
.markdown pre code { display: block; background: none; padding: 0; white-space: pre; overflow-wrap: normal; line-height: 1.5; }
.markdown .language {
  display: block; margin-bottom: 0.5em; font-size: 0.75em; color: var(--tb-text-soft, inherit);
  font-family: var(--tb-font-mono, ui-monospace, monospace);
}
.markdown table { border-collapse: collapse; font-size: 0.95em; overflow-wrap: normal; }
.markdown th, .markdown td { border: 1px solid var(--tb-line, #ccc); padding: 0.35em 0.7em; text-align: start; }
.markdown th { background: var(--tb-code, #8881); font-weight: 600; }
.markdown .align-center { text-align: center; }
.markdown .align-right { text-align: right; }
.markdown .plain { white-space: pre-wrap; }
.markdown .control {
  font: 0.72em var(--tb-font-mono, monospace); padding: 0 0.3em; margin: 0 1px; border-radius: 3px;
  border: 1px dashed currentColor; color: var(--tb-warn, #a50); unicode-bidi: isolate;
}
.markdown .more {
  display: block; margin-top: 1em; padding: 0.5em 0.9em; min-height: 2rem; font: inherit; color: inherit; cursor: pointer;
  background: var(--tb-surface, transparent); border: 1px solid var(--tb-line-strong, #999); border-radius: 8px;
}
`;

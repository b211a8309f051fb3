// How rendered model text reads, in the board and in `<tb-markdown>`. `contain` keeps it inside its own box.
export const markdownStyles = `
:host { display: block; }
.markdown {
  contain: content;
  font-family: var(--tb-font-reading, system-ui, sans-serif);
  font-size: var(--tb-reading-size, 1rem);
  line-height: 1.62;
  color: var(--tb-text, inherit);
  max-width: 75ch;
  overflow-wrap: anywhere;
  unicode-bidi: isolate;
}
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
  display: block; margin-top: 1em; padding: 0.5em 0.9em; font: inherit; color: inherit; cursor: pointer;
  background: var(--tb-surface, transparent); border: 1px solid var(--tb-line-strong, #999); border-radius: 8px;
}
`;

// Completions that try to run, fetch, cover the page or hide: every one must show as the text it is.
const attacks = [
  '<script>window.pwned = 1; alert(1)</script>',
  '<img src=x onerror="window.pwned = 2"> <svg onload="window.pwned = 3">',
  '<style>* { display: none !important }</style> visible after style',
  '<div style="position:fixed;inset:0;z-index:99;background:red">covers</div>',
  '[click me](javascript:window.pwned=4) and <a href="javascript:alert(1)">this</a>',
  '![tracker](https://evil.example/pixel.png) <iframe src="https://evil.example/frame"></iframe>',
  '![data](data:text/html;base64,PHNjcmlwdD4=) <data:text/html,x> <https://evil.example/auto>',
  '[ref]: https://evil.example "hidden text"\n\nafter the reference',
  'price \u202Ereversed\u202C and zero\u200Bwidth',
  '> '.repeat(200) + 'deep quote',
  '| a | b |\n|---|---|\n| 1 | 2 | lost cell |',
  '```js\n' + 'const wide = 1; '.repeat(60) + '\n```',
  '# Heading\n\n1. one\n2. two\n5. five\n\n- **bold** and *soft* and `code`\n\n| left | right |\n|:--|--:|\n| 1 | 2 |\n\n> quoted\n\nmath \\(a_1^2 * b\\) and $$\\frac{a}{b}$$',
  'مرحبا بالعالم، هذا نص من اليمين إلى اليسار.\n\n你好，世界。这是一个测试。',
];
export const hostile = attacks.map(text => ({
  turns: [{ role: 'user', content: 'Show me something.' }],
  left: text,
  right: `${'x'.repeat(3000)} ${text}`,
}));
hostile.push({ turns: [{ role: 'user', content: 'A flood' }], left: 'a'.repeat(1_000_000), right: '*'.repeat(90_000) });
hostile.push({
  turns: [
    { role: 'system', content: 'You are terse.' }, { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello.' }, { role: 'user', content: 'Long one. '.repeat(400) },
  ],
  left: '', right: '[('.repeat(20_000),
});

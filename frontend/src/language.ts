// Which language a text is in, where its script alone says so: fonts, line breaks and voices depend on it.
const SAMPLE = 2_000;

const scripts: [string, RegExp][] = [
  ['ja', /[\u3040-\u30ff]/g],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
];

/// A language tag for a text most of whose letters are of one script; empty where letters do not tell.
export function languageOf(text: string): string {
  const sample = text.slice(0, SAMPLE);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const count = (script: RegExp): number => sample.match(script)?.length ?? 0;
  const kana = count(scripts[0]![1]);
  if (kana > 0 && kana + count(scripts[2]![1]) > letters / 2) return 'ja';
  return scripts.find(([, script]) => count(script) > letters / 2)?.[0] ?? '';
}

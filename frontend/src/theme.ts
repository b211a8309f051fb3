// Light, dark, or as the system says: one setting for the board and the Flow pages, kept under `tiebreak.theme`.
// Loaded as a classic script in the head, so that no page flashes in the wrong colours.

type Choice = 'light' | 'dark' | 'system';

const KEY = 'tiebreak.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');

function get(): Choice {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system'; // storage may be blocked
  }
}

function set(choice: Choice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // the choice then lasts as long as the page
  }
  apply(choice);
}

function apply(choice: Choice): void {
  const dark = choice === 'dark' || (choice === 'system' && systemDark.matches);
  const root = document.documentElement;
  if (dark) root.setAttribute('theme', 'dark');
  else root.removeAttribute('theme');
  root.style.colorScheme = dark ? 'dark' : 'light';
}

const isDark = (): boolean => document.documentElement.getAttribute('theme') === 'dark';

apply(get());
systemDark.addEventListener('change', () => apply(get()));
addEventListener('storage', event => {
  if (event.key === KEY) apply(get());
});

Object.assign(window, { tiebreakTheme: { get, set, isDark, toggle: () => set(isDark() ? 'light' : 'dark') } });

import { Keymap, type Action } from './keys';
import { safeStorage } from './outbox';

export const SIZES = [0.875, 1, 1.125, 1.25, 1.5, 1.75];
export type Density = 'calm' | 'compact';
export type Width = 'narrow' | 'medium' | 'full';

/// How one person likes to read and which keys are theirs; kept in this browser under the person's id.
export interface Settings {
  /// A place in `SIZES`.
  size: number;
  density: Density;
  width: Width;
  rubric: boolean;
  singleKeys: boolean;
  together: boolean;
  /// Whether differences are marked.
  difference: boolean;
  /// Whether all turns of a conversation are shown.
  context: boolean;
  keys: Partial<Record<Action, string>>;
}

const usual = (): Settings => ({
  size: 1,
  density: 'calm',
  width: 'medium',
  rubric: innerWidth > 900,
  singleKeys: true,
  together: true,
  difference: false,
  context: false,
  keys: {},
});

export function settingsOf(person: string): Settings {
  try {
    return { ...usual(), ...(JSON.parse(safeStorage()?.getItem(place(person)) ?? '{}') as Partial<Settings>) };
  } catch {
    return usual();
  }
}

export function keepSettings(person: string, settings: Settings): void {
  try {
    safeStorage()?.setItem(place(person), JSON.stringify(settings));
  } catch {
    // they then last as long as the page
  }
}

export const keymapOf = (settings: Settings): Keymap => new Keymap(settings.keys);

const place = (person: string): string => `tiebreak.board/${person}`;

import type { Choice } from './contract';
import { texts } from './texts';

export type Action =
  | Choice
  | 'undo'
  | 'rationale'
  | 'read-a'
  | 'read-b'
  | 'difference'
  | 'together'
  | 'context'
  | 'plain'
  | 'larger'
  | 'smaller'
  | 'view'
  | 'rubric'
  | 'keys';

/// What a board does by a key, in the order in which a person reads it.
export const actions: readonly { action: Action; key: string }[] = [
  { action: '1', key: '1' },
  { action: '2', key: '2' },
  { action: '3', key: '3' },
  { action: '4', key: '4' },
  { action: '5', key: '5' },
  { action: '6', key: '6' },
  { action: '7', key: '7' },
  { action: 'both_bad', key: '0' },
  { action: 'skip', key: 's' },
  { action: 'undo', key: 'u' },
  { action: 'rationale', key: 'r' },
  { action: 'read-a', key: 'a' },
  { action: 'read-b', key: 'b' },
  { action: 'difference', key: 'd' },
  { action: 'together', key: 'y' },
  { action: 'context', key: 'c' },
  { action: 'plain', key: 'm' },
  { action: 'larger', key: '+' },
  { action: 'smaller', key: '-' },
  { action: 'view', key: 'v' },
  { action: 'rubric', key: 'g' },
  { action: 'keys', key: '?' },
];

/// Keys that mean something in every kind of task, also where a board has nothing to do for them yet.
const kept: Readonly<Record<string, string>> = { f: texts.flag };

/// Which key does what for one person: the usual ones, and those that the person chose instead.
export class Keymap {
  private readonly keys: ReadonlyMap<Action, string>;

  constructor(readonly own: Readonly<Partial<Record<Action, string>>> = {}) {
    this.keys = new Map(actions.map(({ action, key }) => [action, own[action] ?? key]));
  }

  keyOf(action: Action): string {
    return this.keys.get(action) ?? '';
  }

  actionOf(key: string): Action | undefined {
    const found = [...this.keys].find(([, each]) => each === key)?.[0];
    return found ?? (key === '=' ? this.actionOf('+') : undefined); // the same key without Shift
  }

  /// The name of what has this key already.
  conflict(action: Action, key: string): string | undefined {
    const other = [...this.keys].find(([each, itsKey]) => itsKey === key && each !== action)?.[0];
    return other ? texts.actions[other] : kept[key];
  }

  with(action: Action, key: string): Keymap {
    return new Keymap({ ...this.own, [action]: key });
  }
}

export const keyLabel = (key: string): string => (key === '-' ? '−' : key.toUpperCase());

/// What a key press asks of the board; nothing while someone types, a dialog is open, or a modifier is held.
export function actionOf(event: KeyboardEvent, keymap: Keymap, singleKeys: boolean): Action | 'read-both' | undefined {
  if (event.defaultPrevented || event.isComposing || isTyping(event) || document.querySelector('dialog[open]')) return undefined;
  const key = keyIn(event);
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'z') return 'undo';
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys) return undefined;
  if (event.key === 'Escape') return 'read-both';
  return key ? keymap.actionOf(key) : undefined;
}

/// The letter, digit or sign of a key press. A key whose character is not Latin counts by its place, as does the row of
/// digits without Shift: on a French keyboard it writes "&é", on a Russian one "ф" stands where "a" does.
export function keyIn(event: KeyboardEvent): string | undefined {
  const digit = event.shiftKey ? undefined : /^Digit(\d)$/.exec(event.code)?.[1];
  const character = [...event.key].length === 1 ? event.key.normalize('NFKC').toLowerCase() : '';
  if (digit && !/^[a-z0-9]$/.test(character)) return digit;
  if (/^[!-~]$/.test(character)) return character;
  if (character === '؟') return '?';
  return character ? /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() : undefined;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['button', 'checkbox', 'radio', 'submit'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

export type Command =
  | { do: 'choose'; digit: string }
  | { do: 'skip' | 'undo' | 'keys' | 'rubric' | 'rationale' | 'plain' | 'larger' | 'smaller' | 'read-a' | 'read-b' | 'read-both' };

const letters: Readonly<Record<string, Command['do']>> = {
  s: 'skip',
  u: 'undo',
  g: 'rubric',
  r: 'rationale',
  m: 'plain',
  a: 'read-a',
  b: 'read-b',
  '?': 'keys',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  escape: 'read-both',
};

/// What a key press asks of the board; nothing while someone types, a dialog is open, or a modifier is held.
export function commandOf(event: KeyboardEvent, singleKeys: boolean): Command | undefined {
  if (event.defaultPrevented || event.isComposing || isTyping(event) || document.querySelector('dialog[open]')) return undefined;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'z') return { do: 'undo' };
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys) return undefined;
  const digit = digitOf(event);
  if (digit) return { do: 'choose', digit };
  const command = letters[key];
  return command && ({ do: command } as Command);
}

/// By character, else by position: on a French keyboard the digit row needs no Shift here.
function digitOf(event: KeyboardEvent): string | undefined {
  if (/^[0-7]$/.test(event.key)) return event.key;
  return event.shiftKey ? undefined : /^Digit([0-7])$/.exec(event.code)?.[1];
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['button', 'checkbox', 'radio', 'submit'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

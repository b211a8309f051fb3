import type { Choice } from './contract';

const judgments = (n: number): string => (n === 1 ? 'one judgment is' : `${n} judgments are`);

/// Every word the board says, in one place, so that a translation has one file to read.
export const texts = {
  choices: {
    '1': 'A much better',
    '2': 'A clearly better',
    '3': 'A slightly better',
    '4': 'Tie',
    '5': 'B slightly better',
    '6': 'B clearly better',
    '7': 'B much better',
    both_bad: 'Both bad',
    skip: 'Skipped',
  } satisfies Record<Choice, string>,
  roles: { user: 'User', assistant: 'Assistant', system: 'System' } as Record<string, string>,
  skipReasons: [
    'I cannot tell which is better',
    'I do not know enough about the topic',
    'The prompt is broken or unclear',
    'Wrong language',
    'Unsafe or disturbing content',
  ],
  saved: 'All saved',
  saving: (n: number) => `Saving ${n}…`,
  offline: (n: number) => `${n} not saved yet – offline, retrying`,
  offlineNothingUnsaved: 'Offline, retrying',
  signedOut: (n: number) => `${n} not saved yet – signed out`,
  signedOutBanner: (n: number) =>
    `You are signed out. ${n > 0 ? `Your ${judgments(n)} not saved yet: kept in this browser, and sent after you sign in.` : 'Nothing is lost.'}`,
  somebodyElse: (n: number) =>
    `Somebody else is signed in in this browser now. ${n > 0 ? `Your ${judgments(n)} not saved yet: kept here, and sent when you are signed in again.` : 'Sign in to go on.'}`,
  notDurable: 'This browser keeps no storage: do not close the tab before all is saved.',
  undoTooLate: (minutes: number) => `Too late to undo: judgments can be reopened for ${minutes} minutes.`,
  nothingToUndo: 'Nothing to undo.',
  reopened: (choice: string) => `Reopened. You had chosen: ${choice}.`,
  tooQuick: (choice: string) => `A second “${choice}” at once was not counted.`,
  notLoaded: 'Key not used: the next comparison is still loading.',
};

export const keyMap: [string[], string][] = [
  [['1', '2', '3'], 'A much, clearly, slightly better'],
  [['4'], 'Tie'],
  [['5', '6', '7'], 'B slightly, clearly, much better'],
  [['0'], 'Both bad'],
  [['S'], 'Skip with a reason'],
  [['Ctrl Z', 'U'], 'Undo: reopen the last judgment'],
  [['R'], 'Rationale: say why; Esc leads back to the keys'],
  [['A', 'B'], 'Read one completion in full width, and back'],
  [['G'], 'Rubric (guide) open or closed'],
  [['M'], 'Markdown rendered, or the source as the model wrote it'],
  [['+', '−'], 'Larger or smaller text'],
  [['?'], 'This list'],
];

import type { Choice } from './contract';
import type { Action } from './keys';

const judgments = (n: number): string => (n === 1 ? 'one judgment is' : `${n} judgments are`);

const choices = {
  '1': 'A much better',
  '2': 'A clearly better',
  '3': 'A slightly better',
  '4': 'Tie',
  '5': 'B slightly better',
  '6': 'B clearly better',
  '7': 'B much better',
  both_bad: 'Both bad',
  skip: 'Skipped',
} satisfies Record<Choice, string>;

/// Every word the board says, in one place, so that a translation has one file to read.
export const texts = {
  choices,
  actions: {
    ...choices,
    skip: 'Skip with a reason',
    undo: 'Undo: reopen the last judgment',
    rationale: 'Rationale: say why',
    'read-a': 'Completion A in full width, and back',
    'read-b': 'Completion B in full width, and back',
    difference: 'Mark what differs between A and B',
    together: 'Scroll A and B together',
    context: 'The whole prompt or conversation, and back',
    plain: 'Markdown rendered, or the source as written',
    larger: 'Larger text',
    smaller: 'Smaller text',
    view: 'How texts are shown',
    rubric: 'Rubric (guide) open or closed',
    keys: 'Keys',
  } satisfies Record<Action, string>,
  flag: 'Flag a problem',
  prompt: 'Prompt',
  conversation: 'Conversation',
  turns: (n: number) => `${n} turns`,
  earlier: (n: number) => (n === 1 ? 'Earlier turn' : `${n} earlier turns`),
  wholePrompt: 'Whole prompt',
  completion: (side: string) => `Completion ${side}`,
  widen: 'Full width',
  scrolls: 'Scrollable text',
  empty: 'This completion is empty.',
  source: 'Showing the source, exactly as written.',
  rendered: 'Showing rendered Markdown.',
  together: (on: boolean) => (on ? 'A and B scroll together; hold Alt to scroll one alone.' : 'A and B scroll each for itself.'),
  differences: (a: number, b: number) =>
    a + b === 0 ? 'A and B are the same, word for word.' : `Dotted: only in A (${a} ${a === 1 ? 'place' : 'places'}). Solid: only in B (${b}).`,
  tooLongToCompare: 'These are too long to compare word by word.',
  noDifferences: 'Differences are no longer marked.',
  keyTaken: (key: string, action: string) => `${key} is the key of “${action}”. Choose another.`,
  notAKey: 'A letter, a digit or a sign, without Ctrl or Alt.',
  pressKey: 'Press a key…',
  keyChanged: (key: string, action: string) => `${key}: ${action}.`,
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

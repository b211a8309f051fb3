// The board's REST contract, as `/api/board/projects/{projectId}` speaks it.

export interface Turn {
  role: string;
  content: string;
}

/// One comparison this annotator may judge until `expiresAt`. Which completion stands left was decided by the server.
export interface Lease {
  id: string;
  comparison: string;
  turns: Turn[];
  left: string;
  right: string;
  expiresAt: string;
}

export interface Progress {
  done: number;
  available: number;
  total: number;
}

export interface Rubric {
  key: string;
  version: number;
  title: string;
  summary?: string | null;
  instructions?: string | null;
  criteria?: { name: string; question?: string | null; anchors?: { value: number | string; label?: string | null; text?: string | null }[] }[];
  examples?: { prompt: string; better: string; worse: string; why?: string | null }[];
  skipReasons?: string[];
}

export interface BoardProject {
  project: { id: string; name: string; description?: string | null };
  annotator: { id: string; name: string };
  rubric: Rubric | null;
  progress: Progress;
  undoSeconds: number;
}

export interface LeaseAnswer {
  leases: Lease[];
  progress: Progress;
}

export type Choice = '1' | '2' | '3' | '4' | '5' | '6' | '7' | 'both_bad' | 'skip';

export interface Judged {
  id: string;
  lease: string;
  choice: Choice;
  reason: string | null;
  activeMillis: number;
  judgedAt: string;
}

/// `lease` is the one that the judgment was made under; the comparison comes back under another.
export interface Undone {
  id: string;
  undo: string;
  lease: string;
}

/// What waits to be sent, in order.
export type Entry = Judged | Undone;

export const isUndo = (entry: Entry): entry is Undone => 'undo' in entry;

export interface Result {
  id: string;
  status: 'recorded' | 'duplicate' | 'undone' | 'refused';
  message?: string | null;
  lease?: Lease | null;
}

export interface SubmitAnswer {
  results: Result[];
  progress: Progress;
}

import { BoardApi, Refused, SignedOut } from './api';
import { isUndo, type BoardProject, type Choice, type Entry, type Judged, type Lease, type Progress, type Result } from './contract';
import { Outbox } from './outbox';
import { Sender } from './sender';
import { texts } from './texts';
import { uuid } from './uuid';

/// Enough for a burst of keys at a slow network, few enough that a closed tab holds little back.
const AHEAD = 8;
const RENEW_EVERY_MS = 60_000;
const POLL_WHEN_DONE_MS = 15_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const HISTORY = 10;

interface Past {
  id: string;
  lease: Lease;
  choice: Choice;
  at: number;
}

export interface RefusedJudgment {
  what: string;
  why: string;
}

export type Phase = 'opening' | 'working' | 'waiting' | 'done' | 'failed';

/// What the board knows: comparisons in hand, judgments under way, and what became of them. No DOM.
export class Session {
  phase: Phase = 'opening';
  failure = '';
  signedOut = false;
  project: BoardProject | undefined;
  refused: RefusedJudgment[] = [];
  private api: BoardApi;
  private tasks: Lease[] = [];
  private history: Past[] = [];
  private outbox: Outbox | undefined;
  private sender: Sender | undefined;
  private progress: Progress = { done: 0, available: 0, total: 0 };
  private progressEpoch = 0;
  private heldUntil = new Map<string, { until: number; lasts: number }>();
  private leasing = false;
  private leaseFailures = 0;
  private timer = 0;

  constructor(
    private readonly projectId: string,
    private readonly changed: () => void,
    private readonly say: (message: string) => void,
  ) {
    this.api = new BoardApi(projectId);
  }

  get current(): Lease | undefined {
    return this.tasks[0];
  }

  get upcoming(): readonly Lease[] {
    return this.tasks.slice(1);
  }

  get last(): Past | undefined {
    return this.history.at(-1);
  }

  get unsaved(): number {
    return this.outbox?.size ?? 0;
  }

  get durable(): boolean {
    return this.outbox?.durable ?? true;
  }

  get offline(): boolean {
    return this.sender?.state === 'offline' || this.leaseFailures > 0;
  }

  get done(): number {
    const pending = (this.outbox?.entries ?? []).reduce((sum, entry) => sum + (isUndo(entry) ? -1 : 1), 0);
    return Math.max(0, Math.min(this.progress.done + pending, this.total));
  }

  get total(): number {
    return this.progress.total;
  }

  async open(): Promise<void> {
    try {
      this.project = await this.api.project();
    } catch (problem) {
      return this.openLater(problem);
    }
    this.signedOut = false;
    this.leaseFailures = 0;
    this.progress = this.project.progress;
    const person = `${this.projectId}/${this.project.annotator.name}`;
    this.outbox = new Outbox(`tiebreak.outbox/${person}/`);
    this.refused = this.recall<RefusedJudgment>(`tiebreak.refused/${person}`, localStorageOrNone());
    this.history = this.recall<Past>(`tiebreak.history/${person}`, sessionStorageOrNone());
    this.sender = new Sender(this.api, this.outbox, this.senderChanged, this.settled, answer => {
      this.progress = answer.progress;
      this.progressEpoch++;
    });
    this.sender.kick();
    this.phase = 'waiting';
    this.changed();
    void this.fetchLeases();
    window.setInterval(() => !document.hidden && this.tasks.length > 0 && void this.fetchLeases(), RENEW_EVERY_MS);
    document.addEventListener('visibilitychange', () => !document.hidden && this.wake());
    addEventListener('online', () => void this.fetchLeases());
  }

  /// Records the choice and moves on; the caller paints, the network follows.
  choose(choice: Choice, reason: string | null, activeMillis: number): boolean {
    const task = this.tasks.shift();
    if (!task) {
      this.say(texts.notLoaded);
      return false;
    }
    const judged: Judged = { id: uuid(), lease: task.id, choice, reason, activeMillis, judgedAt: new Date().toISOString() };
    this.outbox?.add(judged);
    this.history = [...this.history, { id: judged.id, lease: task, choice, at: Date.now() }].slice(-HISTORY);
    if (!this.current) this.phase = 'waiting';
    this.changed();
    // after the frame: storage of the history and the network must not delay the next comparison
    setTimeout(() => {
      this.keepHistory();
      this.sender?.kick();
      void this.fetchLeases();
    });
    return true;
  }

  /// Reopens the last judgment: cancelled here while unsent, otherwise superseded on the server.
  undo(): void {
    const past = this.history.at(-1);
    const seconds = this.project?.undoSeconds ?? 0;
    if (!past) return this.say(texts.nothingToUndo);
    if (Date.now() - past.at > seconds * 1000) return this.say(texts.undoTooLate(Math.round(seconds / 60)));
    this.history = this.history.slice(0, -1);
    if (this.sender?.sent(past.id)) {
      this.outbox?.add({ id: uuid(), undo: past.id });
      this.undoing.set(past.id, past.lease);
      this.sender.kick();
    } else {
      this.outbox?.remove(past.id);
    }
    this.tasks = [past.lease, ...this.tasks.filter(task => task.id !== past.lease.id)];
    this.phase = 'working';
    this.keepHistory();
    this.changed();
  }

  dismissRefused(): void {
    this.refused = [];
    this.keepRefused();
    this.changed();
  }

  private undoing = new Map<string, Lease>();

  private senderChanged = (): void => {
    this.signedOut = this.sender?.state === 'signed-out';
    this.changed();
  };

  private settled = (entry: Entry, result: Result): void => {
    if (isUndo(entry)) this.undoSettled(entry.undo, result);
    else if (result.status === 'refused') {
      this.history = this.history.filter(past => past.id !== entry.id);
      this.refuse(`${texts.choices[entry.choice]}, ${new Date(entry.judgedAt).toLocaleTimeString()}`, result);
    }
    this.changed();
  };

  private undoSettled(judgment: string, result: Result): void {
    const reopened = this.undoing.get(judgment);
    this.undoing.delete(judgment);
    if (result.status === 'refused') {
      this.tasks = this.tasks.filter(task => task !== reopened);
      this.refuse('Undo', result);
      void this.fetchLeases();
    } else if (result.lease) {
      this.adoptLease(result.lease, reopened);
    }
    if (this.current) this.phase = 'working';
  }

  private adoptLease(lease: Lease, reopened: Lease | undefined): void {
    this.held(lease);
    if (!reopened) {
      if (!this.tasks.some(task => task.id === lease.id)) this.tasks.unshift(lease); // undone before a reload
      return;
    }
    this.outbox?.moveLease(reopened.id, lease.id);
    this.tasks = this.tasks.filter(task => task === reopened || task.id !== lease.id);
    Object.assign(reopened, { id: lease.id, expiresAt: lease.expiresAt });
  }

  private refuse(what: string, result: Result): void {
    this.refused = [...this.refused, { what, why: result.message ?? 'The server gave no reason.' }];
    this.keepRefused();
  }

  private async fetchLeases(restart = false): Promise<void> {
    if (this.leasing || !this.outbox) return;
    this.leasing = true;
    clearTimeout(this.timer);
    const epoch = this.progressEpoch;
    const unsent = this.unsentLeases();
    const holding = restart ? unsent : [...this.tasks.map(task => task.id), ...unsent];
    const wanted = restart ? AHEAD : Math.max(0, AHEAD - this.tasks.length);
    try {
      const answer = await this.api.lease(wanted, [...new Set(holding)]);
      if (epoch === this.progressEpoch) this.progress = answer.progress;
      this.leaseFailures = 0;
      if (this.signedOut) this.sender?.kick();
      if (restart) this.restartWith(answer.leases);
      else this.renewed(holding);
      this.append(answer.leases);
    } catch (problem) {
      this.leaseTrouble(problem);
    } finally {
      this.leasing = false;
    }
    this.phase = this.current ? 'working' : this.leaseFailures > 0 || this.signedOut ? 'waiting' : 'done';
    this.changed();
    this.scheduleFetch();
  }

  private append(leases: Lease[]): void {
    const known = new Set([...this.tasks.map(task => task.id), ...this.unsentLeases()]);
    const judgedJustNow = new Set(this.history.map(past => past.lease.id));
    for (const lease of leases) {
      this.held(lease);
      if (!known.has(lease.id) && !judgedJustNow.has(lease.id)) this.tasks.push(lease);
    }
  }

  /// After a long absence the server decides anew what is still ours; what is on screen stays where it can.
  private restartWith(leases: Lease[]): void {
    const current = this.current;
    const stays = leases.some(lease => lease.id === current?.id);
    this.tasks = current && stays ? [current] : [];
  }

  private leaseTrouble(problem: unknown): void {
    if (problem instanceof SignedOut || (problem instanceof Refused && problem.status === 403)) {
      this.signedOut = true;
    } else if (problem instanceof Refused) {
      this.say(problem.message);
    }
    this.leaseFailures++;
  }

  private scheduleFetch(): void {
    const short = this.tasks.length < AHEAD;
    if (this.leaseFailures > 0) {
      this.timer = window.setTimeout(() => void this.fetchLeases(), RETRY_MS[Math.min(this.leaseFailures, RETRY_MS.length) - 1]);
    } else if (short && !this.current) {
      this.timer = window.setTimeout(() => !document.hidden && void this.fetchLeases(), POLL_WHEN_DONE_MS);
    }
  }

  private wake(): void {
    this.sender?.kick();
    const now = Date.now();
    const lapsed = this.tasks.some(task => (this.heldUntil.get(task.id)?.until ?? now) < now);
    void this.fetchLeases(lapsed);
  }

  private held(lease: Lease): void {
    const lasts = Math.max(Date.parse(lease.expiresAt) - Date.now(), 30_000);
    this.heldUntil.set(lease.id, { until: Date.now() + lasts, lasts });
  }

  private renewed(ids: string[]): void {
    for (const id of ids) {
      const held = this.heldUntil.get(id);
      if (held) held.until = Date.now() + held.lasts;
    }
  }

  private unsentLeases(): string[] {
    return (this.outbox?.entries ?? []).flatMap(entry => (isUndo(entry) ? [] : [entry.lease]));
  }

  private openLater(problem: unknown): void {
    if (problem instanceof Refused && problem.status !== 403) {
      this.phase = 'failed';
      this.failure = problem.message;
    } else {
      this.signedOut = problem instanceof SignedOut;
      if (problem instanceof Refused) {
        this.phase = 'failed';
        this.failure = 'You may not annotate this project.';
      } else {
        window.setTimeout(() => void this.open(), RETRY_MS[Math.min(this.leaseFailures, RETRY_MS.length - 1)]);
        this.leaseFailures++;
      }
    }
    this.changed();
  }

  private keepHistory(): void {
    this.keep(`tiebreak.history/${this.projectId}/${this.project?.annotator.name}`, this.history, sessionStorageOrNone());
  }

  private keepRefused(): void {
    this.keep(`tiebreak.refused/${this.projectId}/${this.project?.annotator.name}`, this.refused, localStorageOrNone());
  }

  private keep(key: string, value: unknown, storage: Storage | undefined): void {
    try {
      storage?.setItem(key, JSON.stringify(value));
    } catch {
      // a convenience only: the judgments themselves lie in the outbox
    }
  }

  private recall<T>(key: string, storage: Storage | undefined): T[] {
    try {
      return JSON.parse(storage?.getItem(key) ?? '[]') as T[];
    } catch {
      return [];
    }
  }
}

function localStorageOrNone(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function sessionStorageOrNone(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

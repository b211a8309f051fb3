import { BoardApi, Refused, SignedOut, SomebodyElse } from './api';
import { isUndo, type BoardProject, type Choice, type Entry, type Judged, type Lease, type Progress, type Result } from './contract';
import { Outbox, safeStorage } from './outbox';
import { Sender } from './sender';
import { texts } from './texts';
import { uuid } from './uuid';

/// Enough for a burst of keys at a slow network, few enough that a closed tab holds little back.
const AHEAD = 8;
const LOOK_EVERY_MS = 10_000;
const POLL_WHEN_DONE_MS = 15_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const HISTORY = 10;

interface Past {
  id: string;
  lease: Lease;
  choice: Choice;
  rationale: string;
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
  somebodyElse = false;
  project: BoardProject | undefined;
  refused: RefusedJudgment[] = [];
  /// What the person writes about the comparison on screen; goes with the decision.
  rationale = '';
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
    private readonly someoneIsHere: () => boolean,
    private readonly partsFor: (leases: readonly Lease[]) => Promise<unknown>,
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
    this.api.annotator = this.project.annotator.id;
    this.outbox = new Outbox(`tiebreak.outbox/${this.person}/`);
    this.refused = recall<RefusedJudgment[]>(`tiebreak.refused/${this.person}`, safeStorage()) ?? [];
    this.history = recall<Past[]>(`tiebreak.history/${this.person}`, sessionStorageOrNone()) ?? [];
    this.sender = new Sender(this.api, this.outbox, this.senderChanged, this.settled, answer => {
      this.progress = answer.progress;
      this.progressEpoch++;
    });
    this.sender.kick();
    this.phase = 'waiting';
    this.changed();
    void this.fetchLeases();
    window.setInterval(() => this.renewalDue() && this.someoneIsHere() && void this.fetchLeases(), LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', () => !document.hidden && this.wake());
    addEventListener('online', () => void this.fetchLeases());
    addEventListener('storage', this.changedElsewhere);
  }

  /// Records the choice and moves on; the caller paints, the network follows.
  choose(choice: Choice, skipReason: string | null, activeMillis: number): boolean {
    const task = this.tasks.shift();
    if (!task) {
      this.say(texts.notLoaded);
      return false;
    }
    const rationale = this.rationale.trim();
    const reason = [skipReason, rationale].filter(Boolean).join(' – ') || null;
    const judged: Judged = { id: uuid(), lease: task.id, choice, reason, activeMillis, judgedAt: new Date().toISOString() };
    this.outbox?.add(judged);
    this.history = [...this.history, { id: judged.id, lease: task, choice, rationale, at: Date.now() }].slice(-HISTORY);
    this.rationale = '';
    if (!this.current) this.phase = 'waiting';
    this.changed();
    // after the frame: storage of the history and the network must not delay the next comparison
    setTimeout(() => {
      this.keepHistory();
      this.keepDraft();
      this.sender?.kick();
      void this.fetchLeases();
    });
    return true;
  }

  /// Reopens the last judgment. It is superseded, not erased: even an unsent one may have reached the server, its answer
  /// lost on the way.
  undo(): void {
    const past = this.history.at(-1);
    const seconds = this.project?.undoSeconds ?? 0;
    if (!past) return this.say(texts.nothingToUndo);
    if (Date.now() - past.at > seconds * 1000) return this.say(texts.undoTooLate(Math.round(seconds / 60)));
    this.history = this.history.slice(0, -1);
    this.outbox?.add({ id: uuid(), undo: past.id, lease: past.lease.id });
    this.tasks = [past.lease, ...this.tasks.filter(task => task.id !== past.lease.id)];
    this.rationale = past.rationale;
    this.phase = 'working';
    this.sender?.kick();
    this.keepHistory();
    this.keepDraft();
    this.say(texts.reopened(texts.choices[past.choice]));
    this.changed();
  }

  write(rationale: string): void {
    this.rationale = rationale;
    this.keepDraft();
  }

  dismissRefused(): void {
    this.refused = [];
    this.keepRefused();
    this.changed();
  }

  private senderChanged = (): void => {
    this.somebodyElse = this.sender?.state === 'somebody-else';
    this.signedOut = this.sender?.state === 'signed-out' || this.somebodyElse;
    this.changed();
  };

  private settled = (entry: Entry, result: Result): void => {
    if (isUndo(entry)) this.undoSettled(entry.lease, result);
    else if (result.status === 'refused') {
      this.history = this.history.filter(past => past.id !== entry.id);
      this.refuse(`${texts.choices[entry.choice]}, ${new Date(entry.judgedAt).toLocaleTimeString()}`, result);
    }
    this.changed();
  };

  private undoSettled(madeUnder: string, result: Result): void {
    if (result.status === 'refused') {
      this.tasks = this.tasks.filter(task => task.id !== madeUnder);
      this.refuse('Undo', result);
      void this.fetchLeases();
    } else if (result.lease) {
      this.adoptLease(madeUnder, result.lease);
    }
    if (this.current) this.phase = 'working';
  }

  /// The reopened comparison may be on screen still, judged anew but unsent, or in neither place after a reload.
  private adoptLease(madeUnder: string, lease: Lease): void {
    this.held(lease);
    this.outbox?.moveLease(madeUnder, lease.id);
    const reopened = this.tasks.find(task => task.id === madeUnder);
    const judgedAnew = this.history.find(past => past.lease.id === madeUnder)?.lease;
    for (const held of [reopened, judgedAnew]) {
      if (held) Object.assign(held, { id: lease.id, expiresAt: lease.expiresAt });
    }
    this.tasks = this.tasks.filter(task => task === reopened || task.id !== lease.id);
    if (!reopened && !judgedAnew && !this.unsentLeases().includes(lease.id)) this.tasks.unshift(lease);
  }

  /// A second tab of the same person holds the same comparisons.
  private changedElsewhere = (event: StorageEvent): void => {
    if (!this.outbox?.owns(event)) return;
    const entry = event.newValue ? (JSON.parse(event.newValue) as Entry) : undefined;
    if (entry && !isUndo(entry)) this.tasks = this.tasks.filter(task => task.id !== entry.lease);
    this.changed();
    if (!entry) void this.fetchLeases(); // it is on the server now
  };

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
    const inHand = this.tasks.length;
    let again = false;
    try {
      const answer = await this.api.lease(wanted, [...new Set(holding)]);
      await this.partsFor(answer.leases);
      again = this.tasks.length < inHand && answer.leases.length === wanted; // some were judged while this was under way
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
    this.phase = this.current ? 'working' : again || this.leaseFailures > 0 || this.signedOut ? 'waiting' : 'done';
    this.changed();
    this.scheduleFetch(again);
  }

  private append(leases: Lease[]): void {
    const unsent = new Set(this.unsentLeases());
    const known = new Set([...this.tasks, ...this.history.map(past => past.lease)].map(lease => lease.comparison));
    for (const lease of leases) {
      this.held(lease);
      if (!unsent.has(lease.id) && !known.has(lease.comparison)) this.tasks.push(lease);
    }
    this.recallDraft();
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
      this.somebodyElse = problem instanceof SomebodyElse;
    } else if (problem instanceof Refused) {
      this.say(problem.message);
    }
    this.leaseFailures++;
  }

  private scheduleFetch(again: boolean): void {
    if (this.leaseFailures > 0) {
      this.timer = window.setTimeout(() => void this.fetchLeases(), RETRY_MS[Math.min(this.leaseFailures, RETRY_MS.length) - 1]);
    } else if (again) {
      void this.fetchLeases();
    } else if (!this.current) {
      this.timer = window.setTimeout(() => void this.poll(), POLL_WHEN_DONE_MS);
    }
  }

  private poll(): void {
    if (document.hidden) this.timer = window.setTimeout(() => this.poll(), POLL_WHEN_DONE_MS);
    else void this.fetchLeases();
  }

  /// Someone is at work again after an absence.
  wake(): void {
    this.sender?.kick();
    const now = Date.now();
    const lapsed = this.tasks.some(task => (this.heldUntil.get(task.id)?.until ?? now) < now);
    void this.fetchLeases(lapsed);
  }

  private renewalDue(): boolean {
    return this.tasks.some(task => {
      const held = this.heldUntil.get(task.id);
      return held && held.until - Date.now() < held.lasts / 2;
    });
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

  private get person(): string {
    return `${this.projectId}/${this.project?.annotator.id}`;
  }

  private keepHistory(): void {
    keep(`tiebreak.history/${this.person}`, this.history, sessionStorageOrNone());
  }

  private keepRefused(): void {
    keep(`tiebreak.refused/${this.person}`, this.refused, safeStorage());
  }

  private keepDraft(): void {
    const draft = this.rationale ? { comparison: this.current?.comparison, text: this.rationale } : null;
    keep(`tiebreak.draft/${this.person}`, draft, safeStorage());
  }

  /// A rationale that was being written when the tab was closed.
  private recallDraft(): void {
    if (this.rationale) return;
    const draft = recall<{ comparison: string; text: string }>(`tiebreak.draft/${this.person}`, safeStorage());
    if (draft && draft.comparison === this.current?.comparison) this.rationale = draft.text;
  }
}

function keep(key: string, value: unknown, storage: Storage | undefined): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // a convenience only: the judgments themselves lie in the outbox
  }
}

function recall<T>(key: string, storage: Storage | undefined): T | undefined {
  try {
    return (JSON.parse(storage?.getItem(key) ?? 'null') as T | null) ?? undefined;
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

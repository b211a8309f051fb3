import type { Entry } from './contract';

/// Judgments that the server has not acknowledged, in the order they were made. Each lies under a key of its own in
/// localStorage, so that two tabs never overwrite each other and a closed tab loses nothing.
export class Outbox {
  private kept: { key: string; entry: Entry }[] = [];
  private lastTime = 0;
  /// False once storage refused an entry: what is unsent then lives only as long as the page.
  durable = true;

  constructor(
    private readonly prefix: string,
    private readonly storage: Storage | undefined = safeStorage(),
  ) {
    this.load();
  }

  get entries(): readonly Entry[] {
    return this.kept.map(({ entry }) => entry);
  }

  get size(): number {
    return this.kept.length;
  }

  add(entry: Entry): void {
    this.lastTime = Math.max(Date.now(), this.lastTime + 1); // keeps the order when the clock steps back
    const key = `${this.prefix}${this.lastTime.toString(36).padStart(10, '0')}/${entry.id}`;
    this.kept.push({ key, entry });
    this.write(key, entry);
  }

  remove(id: string): void {
    const at = this.kept.findIndex(({ entry }) => entry.id === id);
    if (at < 0) return;
    const [removed] = this.kept.splice(at, 1);
    try {
      this.storage?.removeItem(removed!.key);
    } catch {
      // sent again after a reload, where the server answers "duplicate"
    }
  }

  /// Whether a change of storage is one of another tab of the same person.
  owns(event: StorageEvent): boolean {
    return event.key?.startsWith(this.prefix) ?? false;
  }

  /// A reopened comparison may come back under another lease.
  moveLease(from: string, to: string): void {
    for (const { key, entry } of this.kept) {
      if (entry.lease === from) {
        entry.lease = to;
        this.write(key, entry);
      }
    }
  }

  private load(): void {
    for (const key of this.keys()) {
      try {
        this.kept.push({ key, entry: JSON.parse(this.storage?.getItem(key) ?? '') as Entry });
      } catch {
        this.storage?.removeItem(key);
      }
    }
  }

  private keys(): string[] {
    const keys: string[] = [];
    for (let i = 0; i < (this.storage?.length ?? 0); i++) {
      const key = this.storage?.key(i);
      if (key?.startsWith(this.prefix)) keys.push(key);
    }
    return keys.sort();
  }

  private write(key: string, entry: Entry): void {
    try {
      if (!this.storage) throw new Error('no storage');
      this.storage.setItem(key, JSON.stringify(entry));
    } catch {
      this.durable = false;
    }
  }
}

export function safeStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined; // blocked by the browser's settings
  }
}

import type { BoardProject, Entry, LeaseAnswer, SubmitAnswer } from './contract';

/// The session is over; nothing is lost, the person has to sign in again.
export class SignedOut extends Error {}
/// Another person signed in in the same browser: what is unsent waits for its author.
export class SomebodyElse extends SignedOut {}
/// No answer, or one that a later try may change.
export class Unreachable extends Error {}
/// The server understood and said no; trying again changes nothing.
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const PATIENCE_MS = 15_000;

export class BoardApi {
  private readonly base: string;
  /// Who is believed to be signed in, so that nothing goes out in another person's name.
  annotator: string | null = null;

  constructor(projectId: string) {
    this.base = `/api/board/projects/${encodeURIComponent(projectId)}`;
  }

  project(): Promise<BoardProject> {
    return this.call('GET', '');
  }

  /// `holding` are renewed and not returned; with none, the annotator's live leases come back first.
  lease(count: number, holding: string[]): Promise<LeaseAnswer> {
    return this.call('POST', '/leases', { annotator: this.annotator, count, holding });
  }

  async submit(judgments: Entry[]): Promise<SubmitAnswer> {
    const body = { annotator: this.annotator, judgments };
    try {
      return await this.call('POST', '/judgments', body);
    } catch (problem) {
      if (!(problem instanceof Refused && problem.status === 403)) throw problem;
      await this.project(); // an outdated CSRF token looks the same as a lost right: fetch a fresh one and try once more
      return this.call('POST', '/judgments', body);
    }
  }

  /// For the moment the page goes away: sent without waiting for the answer.
  submitOnLeave(judgments: Entry[]): void {
    void fetch(`${this.base}/judgments`, { ...options('POST', { annotator: this.annotator, judgments }), keepalive: true }).catch(() => undefined);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.base + path, { ...options(method, body), signal: AbortSignal.timeout(PATIENCE_MS) });
      text = await response.text();
    } catch (problem) {
      throw new Unreachable(String(problem));
    }
    if (response.type === 'opaqueredirect' || response.status === 401) throw new SignedOut();
    if (response.status === 409) throw new SomebodyElse();
    if (response.status >= 500 || response.status === 408 || response.status === 429) {
      throw new Unreachable(`status ${response.status}`);
    }
    if (!response.ok) throw new Refused(response.status, messageIn(text) ?? `The server answered ${response.status}.`);
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new Unreachable('the answer is not JSON'); // a proxy's page, not our server
    }
  }
}

function options(method: string, body?: unknown): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    const token = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1];
    if (token) headers['X-XSRF-TOKEN'] = decodeURIComponent(token);
  }
  return {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    redirect: 'manual', // only a lost session redirects, to the sign-in page
  };
}

function messageIn(text: string): string | undefined {
  try {
    const { message, detail } = JSON.parse(text) as { message?: string; detail?: string };
    return message ?? detail;
  } catch {
    return undefined;
  }
}

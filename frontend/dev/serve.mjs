// A stand-in for the studio while working on the board: real texts, the board's REST contract, memory only.
// node dev/serve.mjs [--port 8099] [--latency 100] [--pairs FILE]   then open /annotate/demo
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostile } from './hostile.mjs';

const statics = join(dirname(fileURLToPath(import.meta.url)), '../../src/main/resources/META-INF/resources/tiebreak');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:";
const rubric = {
  key: 'hhh', version: 3, title: 'Helpful, honest, harmless', summary: 'Prefer the completion you would rather have received.',
  instructions: 'Read the prompt, then **both** completions in full.\n\n- Correctness before style\n- Length alone is no merit',
  criteria: [
    { name: 'Helpfulness', question: 'Does it do what was asked?', anchors: [{ value: 1, label: 'Fails', text: 'Does not address the request.' }, { value: 5, label: 'Solves it', text: 'Nothing is left to ask.' }] },
    { name: 'Honesty', question: 'Is what it claims true, and does it say what it does not know?', anchors: [{ value: 1, label: 'Invents', text: 'States falsehoods as facts.' }, { value: 5, label: 'Exact', text: 'Every claim holds.' }] },
  ],
  examples: [{ prompt: 'Is 91 prime?', better: 'No, 91 = 7 × 13.', worse: 'Yes, 91 is prime.', why: 'The worse one is wrong.' }],
  skipReasons: ['I cannot tell which is better', 'I do not know enough about the topic', 'The prompt is broken'],
};

export async function serve({ port = 0, latency = 0, pairs = [], project = { id: 'demo', name: 'LLMFAO demo', description: '' } } = {}) {
  const world = { latency, down: false, signedOut: false, leases: new Map(), judgments: new Map(), log: [], refuseNext: 0, requests: [] };
  const comparisons = pairs.map((pair, i) => ({ id: `c${i}`, ...pair }));
  const done = () => [...world.judgments.values()].filter(judged => !judged.undone).length;
  const progress = () => ({ done: done(), available: comparisons.length - done(), total: comparisons.length });
  const shape = ({ id, comparison, turns, left, right }) => ({ id, comparison, turns, left, right, expiresAt: new Date(Date.now() + 1_800_000).toISOString() });

  function lease({ count, holding }) {
    const held = new Set(holding);
    const live = [...world.leases.values()].filter(each => !each.judged && !held.has(each.id)).slice(0, count);
    for (const comparison of comparisons) {
      if (live.length >= count) break;
      if (comparison.leased) continue;
      comparison.leased = true;
      const created = { id: randomUUID(), comparison: comparison.id, turns: comparison.turns, left: comparison.left, right: comparison.right };
      world.leases.set(created.id, created);
      live.push(created);
    }
    return { leases: live.map(shape), progress: progress() };
  }

  function judge(entry) {
    if (world.log.some(logged => logged.id === entry.id)) return { id: entry.id, status: 'duplicate', message: null };
    if (entry.undo) {
      const judged = world.judgments.get(entry.undo);
      if (!judged || judged.undone) return { id: entry.id, status: 'refused', message: 'there is no such judgment to undo' };
      judged.undone = true;
      const reopened = world.leases.get(judged.lease);
      reopened.judged = false;
      world.log.push(entry);
      return { id: entry.id, status: 'undone', message: null, lease: shape(reopened) };
    }
    const held = world.leases.get(entry.lease);
    if (!held || held.judged || world.refuseNext-- > 0) return { id: entry.id, status: 'refused', message: 'the lease expired at 10:02:11 and the comparison went to someone else' };
    world.refuseNext = Math.max(0, world.refuseNext);
    held.judged = true;
    world.judgments.set(entry.id, { ...entry });
    world.log.push(entry);
    return { id: entry.id, status: 'recorded', message: null };
  }

  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    world.requests.push(`${request.method} ${path}`);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (path.startsWith('/api/')) {
      if (world.down) return request.socket.destroy();
      await new Promise(resolve => setTimeout(resolve, world.latency));
      if (world.signedOut) return response.writeHead(401).end();
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks)) : {};
      const answer = path.endsWith('/leases') ? lease(body)
        : path.endsWith('/judgments') ? { results: body.judgments.map(judge), progress: progress() }
        : { project, annotator: { id: 'ada', name: 'Ada Annotator' }, rubric, progress: progress(), undoSeconds: 600 };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    const file = path.startsWith('/annotate/') ? 'board.html' : path.replace(/^\/tiebreak\//, '');
    try {
      const content = await readFile(join(statics, file));
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain', 'Content-Security-Policy': policy }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return { world, comparisons, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export async function llmfao(file) {
  const lines = (await readFile(file, 'utf8')).trim().split('\n').map(line => JSON.parse(line));
  return lines.map(row => ({ turns: [{ role: 'user', content: row.text }], left: row.result_x, right: row.result_y }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, fallback) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : fallback);
  const file = option('--pairs', '');
  const { url } = await serve({
    port: Number(option('--port', 8099)),
    latency: Number(option('--latency', 100)),
    pairs: [...(file ? await llmfao(file) : []), ...hostile],
  });
  console.log(`${url}/annotate/demo`);
}

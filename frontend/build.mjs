// Bundles src/ into the jar's static resources and records what it was built from.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../src/main/resources/META-INF/resources/tiebreak');
const notSources = new Set(['node_modules', 'vaadin']);

await mkdir(out, { recursive: true });
for (const file of await readdir(out)) {
  if (/^shared-.*\.js$/.test(file)) await rm(join(out, file)); // their names change with their content
}

const common = { absWorkingDir: here, bundle: true, minify: true, target: 'es2022', legalComments: 'none', metafile: true };
const modules = await build({
  ...common,
  entryPoints: ['src/board/board.ts', 'src/markdown.ts', 'src/charts.ts'],
  entryNames: '[name]',
  chunkNames: 'shared-[hash]',
  format: 'esm',
  splitting: true,
  outdir: out,
});
// Not a module: it must set the colour scheme before the first paint.
const theme = await build({ ...common, entryPoints: ['src/theme.ts'], format: 'iife', outdir: out });
await build({ ...common, entryPoints: ['src/theme.css', 'src/board/board.css'], entryNames: '[name]', outdir: out });
await cp(join(here, 'static'), out, { recursive: true });
await writeFile(join(out, 'licenses.txt'), await licences([modules, theme]));
const hashes = { sources: await hash(here, notSources), bundle: await hash(out, new Set(['bundle.json'])) };
await writeFile(join(out, 'bundle.json'), JSON.stringify(hashes, null, 2) + '\n');

// SHA-256 over one line `<sha256 of the file>  <path>\n` per file, sorted by path. BundleFreshnessTest does the same.
async function hash(root, without) {
  const lines = [];
  for (const path of (await files(root, '', without)).sort()) {
    lines.push(`${sha256(await readFile(join(root, path)))}  ${path}\n`);
  }
  return sha256(lines.join(''));
}

async function files(root, folder, without) {
  const found = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.name.startsWith('.') || without.has(path)) continue;
    if (entry.isDirectory()) found.push(...(await files(root, path, without)));
    else found.push(path);
  }
  return found;
}

async function licences(results) {
  const packages = new Set();
  for (const { metafile } of results) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
        if (name && bytesInOutput > 0) packages.add(name);
      }
    }
  }
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = join(here, 'node_modules', name);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find(each => /^licen[cs]e/i.test(each));
    const text = file ? await readFile(join(folder, file), 'utf8') : '';
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

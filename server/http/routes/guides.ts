import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../app-type.ts';

/** The guides as Markdown under `/guides/`, and `/llms.txt` (llmstxt.org), which says what there is to read. */
export function registerGuides(app: App, docsDir: string, publicUrl: string): void {
  const guides = readdirSync(docsDir)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name, text: readFileSync(join(docsDir, name), 'utf8') }));
  for (const { name, text } of guides)
    app.get(`/guides/${name}`, async (_request, reply) => reply.type('text/markdown; charset=utf-8').send(text));
  const list = guides.map(({ name, text }) => `- [${titleOf(text, name)}](${publicUrl}/guides/${name})`).join('\n');
  const overview = `# Parley

> Scheduling for message rooms: an embeddable widget and a REST API, with communication terms that are acknowledged before anything is booked.

## API

- [OpenAPI 3.1](${publicUrl}/openapi.json)
- [Reference](${publicUrl}/docs)

## Guides

${list}
`;
  app.get('/llms.txt', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(overview));
}

function titleOf(text: string, name: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? name;
}

import { buildWidget } from './build-widget.ts';

const before = performance.now();
if (buildWidget()) console.log(`${String(Math.round(performance.now() - before)).padStart(6)} ms  built the widget`);
await import('../server/main.ts');

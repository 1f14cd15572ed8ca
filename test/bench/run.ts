import { readdirSync } from 'node:fs';

/** What every file of this folder but this one exports by default; what benches share stands in `parts/`. */
export interface Bench {
  readonly name: string;
  /** One line per row, each with its ratio and spread against a floor of the same run. */
  run(): Promise<string[]>;
}

/** Runs every bench here, or those whose file name holds one of the words given, and prints their lines. */
async function main(words: readonly string[]): Promise<void> {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort();
  for (const file of files) {
    const { default: bench } = (await import(new URL(file, import.meta.url).href)) as { default: Bench };
    console.log(`\n${bench.name}`);
    for (const line of await bench.run()) console.log(`  ${line}`);
  }
}

await main(process.argv.slice(2));

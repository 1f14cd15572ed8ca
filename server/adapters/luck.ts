import { randomFillSync } from 'node:crypto';

/** Drawn at once: asking the system for a few bytes costs more than making an id of them. */
const STOCK_BYTES = 4096;
const stock = Buffer.alloc(STOCK_BYTES);
let used = STOCK_BYTES;

/** Random bytes fit for secrets, each given out once. */
export function drawLuck(count: number): Buffer {
  if (count > STOCK_BYTES) return randomFillSync(Buffer.alloc(count));
  return take(count, (from) => Buffer.from(stock.subarray(from, from + count)));
}

/** The same as a number of that many bytes, at most six: what a number holds without rounding. */
export function drawNumber(bytes: number): number {
  return take(bytes, (from) => stock.readUIntBE(from, bytes));
}

function take<T>(count: number, read: (from: number) => T): T {
  if (used + count > STOCK_BYTES) {
    randomFillSync(stock);
    used = 0;
  }
  const drawn = read(used);
  // What was given out is nobody else's to read.
  stock.fill(0, used, used + count);
  used += count;
  return drawn;
}

import { randomFillSync } from 'node:crypto';

/** Drawn at once: asking the system for a few bytes costs more than making an id of them. */
const STOCK_BYTES = 4096;
const stock = Buffer.alloc(STOCK_BYTES);
let used = STOCK_BYTES;

/** Random bytes fit for secrets, each given out once. */
export function drawLuck(count: number): Buffer {
  if (count > STOCK_BYTES) return randomFillSync(Buffer.alloc(count));
  if (used + count > STOCK_BYTES) {
    randomFillSync(stock);
    used = 0;
  }
  const drawn = Buffer.from(stock.subarray(used, used + count));
  // What was given out is nobody else's to read.
  stock.fill(0, used, used + count);
  used += count;
  return drawn;
}

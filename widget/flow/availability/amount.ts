/** A length of time as somebody types it: a number and what it counts. */
export interface Amount {
  readonly count: string;
  readonly unit: Unit;
}

export const UNIT_MINUTES = { minutes: 1, hours: 60, days: 1440 } as const;
export type Unit = keyof typeof UNIT_MINUTES;

/** Minutes in the largest unit that needs no fraction: 1440 is one day, 90 are 90 minutes. Nothing is no hours. */
export function amountOf(minutes: number): Amount {
  const unit = minutes === 0 ? 'hours' : minutes % 1440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes';
  return { count: String(minutes / UNIT_MINUTES[unit]), unit };
}

export function minutesOfAmount({ count, unit }: Amount): number {
  return Number(count) * UNIT_MINUTES[unit];
}

export interface WebhookSecrets {
  readonly current: string;
  /** The one before the last rotation, and until when receivers may still check with it. */
  readonly previous: { readonly secret: string; readonly validUntilMs: number } | null;
}

/** The secrets a delivery is signed with now, newest first: both while a rotation is under way, so that no receiver misses a message. */
export function liveSecrets({ current, previous }: WebhookSecrets, nowMs: number): readonly string[] {
  return previous !== null && nowMs < previous.validUntilMs ? [current, previous.secret] : [current];
}

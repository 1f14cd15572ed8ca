const reported = new Map<string, string>();

/** Remembers that a notice version was in view on this page, and under which impression. */
export function rememberImpression(noticeVersionId: string, impressionId: string): void {
  reported.set(noticeVersionId, impressionId);
}

/** The impression of a notice version on this page; `null` when it was not in view. */
export function impressionOf(noticeVersionId: string): string | null {
  return reported.get(noticeVersionId) ?? null;
}

/** One change to a meeting or an offer, whose `id` it carries; with all that was typed, so that it can be sent again. */
export type MeetingsAction =
  | { readonly kind: 'confirm'; readonly id: string; readonly message: string }
  | { readonly kind: 'decline'; readonly id: string; readonly reason: string }
  | { readonly kind: 'cancel'; readonly id: string; readonly reason: string }
  | { readonly kind: 'addGuest'; readonly id: string; readonly email: string }
  | { readonly kind: 'removeGuest'; readonly id: string; readonly guestId: string }
  | { readonly kind: 'noShow'; readonly id: string }
  | { readonly kind: 'note'; readonly id: string; readonly text: string }
  | { readonly kind: 'accept'; readonly id: string; readonly start: string }
  | { readonly kind: 'withdraw'; readonly id: string; readonly reason: string }
  | {
      readonly kind: 'propose';
      readonly id: string;
      readonly eventTypeId: string;
      readonly starts: readonly string[];
      readonly durationMinutes: number | null;
      readonly expiresMinutes: number;
      /** Sent again with the same key, so that it never offers twice. */
      readonly key: string;
    };

/** English texts of the button and the window that a scheduler may stand in. */
export const enPopup = {
  bookTime: 'Book a time',
  close: 'Close',
} as const;

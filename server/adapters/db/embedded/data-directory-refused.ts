/** Thrown when the data directory cannot be used; the message says what to do. */
export class DataDirectoryRefused extends Error {}

// Everything below U+0020 but tab and line feed, and DEL: RFC 5545 (3.1, CONTROL) allows none of them in a value.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Text as a calendar file may hold it: line ends become LF (escaped by the library), control characters go, half a surrogate pair
 * becomes U+FFFD so that the file stays valid UTF-8.
 */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd');
}

/**
 * A URI as a calendar file may hold it. Commas, semicolons and backslashes are percent-encoded, because ical-generator escapes them
 * like text although RFC 5545 (3.3.13) leaves a URI as it is, and readers then keep the backslash.
 */
export function plainUri(uri: string): string {
  return plainText(uri).replaceAll('\n', '').replaceAll(',', '%2C').replaceAll(';', '%3B').replaceAll('\\', '%5C');
}

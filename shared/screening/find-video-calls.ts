import type { Candidate } from './candidate.ts';

const MEETING_ID =
  /(?<![\p{L}])(?:(?:zoom|meeting|webex|teams|reuni[oa]n?|reuniao|reunion|besprechungs?)\s{0,2}-?(?:meeting\s{0,2})?(?:id|room|code|codigo|number|nummer))\s{0,2}(?:is|:|#|=|-)?\s{0,2}\d{3,4}[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)/gu;
const MEET_CODE = /(?<=\b(?:google ?meet|meet|gmeet)\b[^\n]{0,30}[^a-z])[a-z]{3}-[a-z]{4}-[a-z]{3}(?![a-z-])/gu;

/** Meetings named by their number or code, without a link; links are told apart by host. */
export function findVideoCalls(text: string): Candidate[] {
  return [
    ...Array.from(text.matchAll(MEETING_ID), ({ index, 0: span }) => found(index, span, 'videoCall.meetingId')),
    ...Array.from(text.matchAll(MEET_CODE), ({ index, 0: span }) => found(index, span, 'videoCall.meetCode')),
  ];
}

function found(start: number, span: string, rule: string): Candidate {
  return { category: 'videoCall', confidence: 'medium', start, end: start + span.length, rule };
}

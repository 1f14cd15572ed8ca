/** The impressions this page has reported: which notice versions were in view, each with the id of its record. Shared by all elements. */
export const impressions = new Map<string, string>();

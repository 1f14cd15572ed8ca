const NAMES = {
  email: 'a mail address',
  phone: 'a phone number',
  handle: 'a name on another platform',
  link: 'a link to another site',
  videoCall: 'a link to another call tool',
  payment: 'a way to pay elsewhere',
};

/** What a person is told of Parley's answer about their message (`POST /v1/screen`); null when it may simply go. */
export function screeningHint(answer) {
  if (answer?.verdict !== 'block' && answer?.verdict !== 'warn') return null;
  const counted = (answer.findings ?? []).filter(({ confidence }) => confidence !== 'low');
  const names = [...new Set(counted.map(({ category }) => NAMES[category]).filter(Boolean))];
  const found = names.length === 0 ? 'contact details' : names.join(' and ');
  return answer.verdict === 'block'
    ? `Not sent: this looks like ${found}. Please keep contact in this room until there is a contract.`
    : `Sent. It looks like ${found}: please keep contact in this room until there is a contract.`;
}

/**
 * Letters that look like a Latin letter, lower case (upper case is lowered first, so the lowered form of a look-alike
 * capital stands here too: Cyrillic capital VE looks like B). Chosen from the Unicode confusables (UTS #39) by what
 * e-mail addresses and handles can be written with.
 */
export const CONFUSABLE_LETTERS: ReadonlyMap<string, string> = new Map(
  pairs(
    'аaвbсcԁdеeёeһhнhіiїiјjкkӏlмmоoрpԛqѕsтtυuѵvԝwхxуyүyԍgпn', // Cyrillic
    'αaβbεeηnιiκkνvοoρpτtχxωwγyμu', // Greek
    'ɑaɡgıiɩiłløođdħhŧtʀrʏyᴀaᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpᴛtᴜuᴠvᴡwᴢzꜱsʙbꜰf', // Latin relatives and small capitals
    'ոnօoսuցgհhјjⅼlꓳoꓲlꭰd', // Armenian and others
  ),
);

/** What stands for a plain sign of an address or a number: dashes, dots, quotes and spaces of every script. */
export const CONFUSABLE_SIGNS: ReadonlyMap<string, string> = new Map(
  pairs('‐-‑-‒-–-—-―-−-﹣-－-⁃-', '。.｡.•.·.∙.・.․.', '‘\'’\'“"”"«"»"', '\u2028\n\u2029\n\u0085\n\u1680 ', 'ⓐa⊕+⁺+'),
);

/** Pictures of telephones, which say as much as the word. */
export const PHONE_PICTURES: ReadonlySet<string> = new Set('☎☏✆📞📱📲');

function pairs(...rows: readonly string[]): [string, string][] {
  return rows.flatMap((row) => {
    const letters = Array.from(row);
    return letters.flatMap((letter, index) => (index % 2 === 0 ? [[letter, letters[index + 1] ?? ''] as [string, string]] : []));
  });
}

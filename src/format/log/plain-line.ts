import { logText, plainText } from "../ansi.ts";
import { expandTabs } from "../clean.ts";

/**
 * What no letter, digit or sign of most scripts is: controls, marks, what shows nothing, and rarer characters, of
 * which the whole path knows what becomes of them. Of pairs those of emoji are let through.
 */
const odd =
  /[^\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u23ff\u2460-\u2bff\u3001-\u3029\u3030-\u303f\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163\u3165-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f\ud83c-\ud83e\udc00-\udfff]/;
const oddBesideTabs = new RegExp(odd.source.replace("[^", "[^\\t"));

/** The plain text of a raw log line, as `logText` shows it without its styles: what is searched, and read for its level. */
export function plainLine(raw: string): string {
  const text = plainText(raw);
  // Half a pair has a picture of its own.
  if (raw.isWellFormed()) {
    if (!odd.test(text)) return text;
    if (text.includes("\t") && !oddBesideTabs.test(text)) return expandTabs(text);
  }
  return plainText(logText(raw));
}

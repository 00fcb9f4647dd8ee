/** One character as people count them, and where it begins (UTF-16 code units). */
export type Segment = { segment: string; index: number };

/** The characters of a text, in order, and the one that a code unit belongs to (slice-ansi asks that). */
export type Segments = Iterable<Segment> & { containing(codeUnit?: number): Segment | undefined };

/** Text of which every code unit is a character of its own: Latin, punctuation, arrows, box drawing, lone escapes. */
const simple = /^[\x1b\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2026\u2190-\u2199\u2500-\u25cf]*$/;

/**
 * Intl.Segmenter for graphemes, which takes simple text apart by itself: the first real one costs 15 ms, and every
 * line of every frame passes through one. The build puts it in the place of Intl.Segmenter in the packages as well.
 */
export class GraphemeSegmenter {
  #real: Intl.Segmenter | undefined;

  /** The characters of a text, in order. */
  segment(text: string): Segments {
    if (simple.test(text)) return split(text);
    const { Segmenter } = Intl; // not `Intl.Segmenter`, which the build would turn into this class
    this.#real ??= new Segmenter(undefined, { granularity: "grapheme" });
    return this.#real.segment(text);
  }
}

class Characters extends Array<Segment> {
  containing(codeUnit = 0): Segment | undefined {
    return this[codeUnit];
  }
}

function split(text: string): Segments {
  const characters = new Characters(text.length);
  for (let index = 0; index < text.length; index++)
    characters[index] = { segment: text.charAt(index), index };
  return characters;
}

/** What stands beside a place in a text, as `^`, `$` and `\b` see it. */
export type Neighbour = "edge" | "word" | "other";

/** The class that stands for the ends of a text; it has no characters. */
export const edge = 0;

/** The characters of all texts in as few classes as an expression tells apart; a class is a number from 1 on. */
export type Alphabet = {
  /** The number of a set of characters, as an expression writes it; all are added before a class is asked for. */
  add(source: string): number;
  /** The classes of the code points below 65,536 as far as they were asked for, else 0: the fast way. */
  known: Readonly<Uint16Array>;
  /** The class of a code point. */
  classOf(code: number): number;
  includes(set: number, characters: number): boolean;
  neighbour(characters: number): Neighbour;
};

const planeSize = 1 << 16;

/** An empty alphabet. Sets are asked of the runtime's own expressions, so that they mean exactly the same. */
export function createAlphabet(ignoreCase: boolean): Alphabet {
  const sets: RegExp[] = [toSet("\\w", ignoreCase)]; // the first one tells words
  const numbers = new Map<string, number>();
  const byMembership = new Map<string, number>();
  const members: boolean[][] = [[]]; // by class; the edge is in no set
  const plane = new Uint16Array(planeSize);
  const beyond = new Map<number, number>();

  const classify = (code: number): number => {
    const character = String.fromCodePoint(code);
    const memberships = sets.map((set) => set.test(character));
    const key = memberships.map(Number).join("");
    const known = byMembership.get(key) ?? members.push(memberships) - 1;
    byMembership.set(key, known);
    if (code < planeSize) plane[code] = known;
    else beyond.set(code, known);
    return known;
  };

  return {
    known: plane,
    add(source) {
      const known = numbers.get(source) ?? sets.push(toSet(source, ignoreCase)) - 1;
      numbers.set(source, known);
      return known;
    },
    classOf: (code) => (code < planeSize ? plane[code] : beyond.get(code)) || classify(code),
    includes: (set, characters) => members[characters]?.[set] === true,
    neighbour(characters) {
      if (characters === edge) return "edge";
      return members[characters]?.[0] ? "word" : "other";
    },
  };
}

/** Sets that only the lenient syntax knows (`\-` outside of brackets) see no characters beyond the first plane. */
function toSet(source: string, ignoreCase: boolean): RegExp {
  const flags = ignoreCase ? "i" : "";
  try {
    return new RegExp(`^(?:${source})$`, `u${flags}`);
  } catch {
    return new RegExp(`^(?:${source})$`, flags);
  }
}

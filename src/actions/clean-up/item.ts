/** The kinds of things that a clean-up removes, in the order that works. */
export const cleanUpKinds = ["container", "image", "network", "volume", "cache"] as const;

/** One of those kinds. */
export type CleanUpKind = (typeof cleanUpKinds)[number];

/** What those kinds are called together. */
export const kindTitles: Readonly<Record<CleanUpKind, string>> = {
  container: "Containers",
  image: "Images",
  network: "Networks",
  volume: "Volumes",
  cache: "Build cache",
};

/** A container that uses something: held by its id, since another one may take its name. */
export type User = { id: string; name: string };

/** The names of users, as a sentence takes them. */
export function namesOf(users: readonly User[]): string {
  return users.map(({ name }) => name).join(", ");
}

/** One object of the engine as a row of the clean-up plan: what it holds, why it can go or why it cannot. */
export type CleanUpItem = {
  /** Kind and reference: a network and a volume may have the same name. */
  id: string;
  kind: CleanUpKind;
  /** What the engine knows it by: an id, of a volume its name. */
  ref: string;
  name: string;
  /** Why it can go, or what it is: "stopped", "dangling", "no container uses it". */
  reason: string;
  /** Since when that is so, in ms; absent where it is not known. */
  since?: number;
  exitCode?: number;
  /** Why it cannot go. */
  blocked?: string;
  /** Ids of items that must go before it. */
  needs: readonly string[];
  /** What would not work any more without it. */
  caution?: string;
  /** Ticked to begin with, unless what it needs is not. */
  offered: boolean;
  /** Bytes that come back when it goes alone; absent while they are not measured, or cannot be. */
  size?: number;
  /** Bytes it holds together with others, which come back only with the last of them. */
  shared?: number;
  /** Bytes of its log files, which go with it and which the engine does not count. */
  log?: number;
  /** Its bytes are an upper bound. */
  atMost?: true;
  /** Its bytes are only about that many: containerd's store does not tell them of a layer. */
  about?: true;
  /** When it was made, and last used; in ms. */
  created?: number;
  lastUsed?: number;
  /** The containers that use it. */
  users: readonly User[];
  /** When a stopped container ran last, as the engine says it to the nanosecond: how it is told whether it ran since. */
  ran?: string;
  labels: Readonly<Record<string, string>>;
  /** The names of an image, digests included; how it is told from what it may have become meanwhile. */
  tags: readonly string[];
  /** What else there is to say: the image of a container, the driver of a volume. */
  detail: string;
  /** Dangling (an image), anonymous (a volume): what docker removes without being asked twice. */
  minor: boolean;
};

/** The id of an item. */
export function itemId(kind: CleanUpKind, ref: string): string {
  return `${kind}:${ref}`;
}

/** Those of the ticked that can go: all they need is ticked too. */
export function possible(items: readonly CleanUpItem[], ticked: ReadonlySet<string>): ReadonlySet<string> {
  let rest = items.filter(({ id, blocked }) => ticked.has(id) && blocked === undefined);
  for (;;) {
    const ids = new Set(rest.map(({ id }) => id));
    const next = rest.filter(({ needs }) => needs.every((need) => ids.has(need)));
    if (next.length === rest.length) return ids;
    rest = next;
  }
}

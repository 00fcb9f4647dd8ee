import type { Tone } from "../../actions/list-screen.ts";
import type { ContainerFacts } from "../../docker/facts/facts.ts";

/** How a person looks at a container's details: the moment (ms), and whether secrets are shown. */
export type DetailLook = { now: number; revealed: boolean };

/** A line under one of the headings, and how it sounds; "" says nothing and is left out. */
export type Line = { text: string; tone?: Tone };

/** What stands under one heading. */
export type Part = (facts: ContainerFacts, look: DetailLook) => Line[];

/** A line of a part. */
export const line = (text: string, tone?: Tone): Line => (tone ? { text, tone } : { text });

/** How long tests wait for what must come, in ms; a machine that is busy with other things may need most of it. */
export const patienceMs = 60_000;

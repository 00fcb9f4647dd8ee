import type { Pagers } from "../src/docker/pager.ts";

/** A machine without a pager. */
export const noPagers: Pagers = { find: () => "There is no pager here.", leave: async () => {} };

import { createSource, type Source } from "../../docker/source.ts";
import { measureIfOld, worldOf } from "../clean-up/open.ts";
import type { Session } from "../session.ts";
import { type DiskUsage, diskUsageOf } from "./usage.ts";

/** The lines of the disk screen, from the last figures; looking at it measures when those are old. */
export function createDiskSource(session: Session): Source<DiskUsage> {
  const { containers, images, networks, volumes } = session.sources;
  const source = createSource<DiskUsage>({
    load: async () => diskUsageOf(worldOf(session)),
    follow(refresh) {
      const all = () => refresh(undefined);
      const stores = [containers, images, networks, volumes, session.survey];
      const stops = stores.map((store) => store.subscribe(all));
      measureIfOld(session);
      all();
      return () => {
        for (const stop of stops) stop();
      };
    },
    clock: session.clock,
  });
  return { ...source, refresh: () => void session.survey.measure() };
}

import { labels, moment, record, text } from "./raw.ts";

/** A volume; Docker knows it by name only, so that is its id. */
export type Volume = {
  id: string;
  name: string;
  driver: string;
  created?: number;
  mountpoint: string;
  /** Made by Docker for a container that named none. */
  anonymous: boolean;
  labels: Readonly<Record<string, string>>;
};

/** One row of `GET /volumes`. */
export function toVolume(value: unknown): Volume {
  const raw = record(value);
  const name = text(raw.Name);
  const created = moment(raw.CreatedAt);
  const found = labels(raw.Labels);
  return {
    id: name,
    name,
    driver: text(raw.Driver),
    ...(created === undefined ? {} : { created }),
    mountpoint: text(raw.Mountpoint),
    // Engines before 23 set no label: 64 hex digits are what they name such a volume.
    anonymous: "com.docker.volume.anonymous" in found || /^[0-9a-f]{64}$/.test(name),
    labels: found,
  };
}

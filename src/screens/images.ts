import type { ListScreen } from "../actions/list-screen.ts";
import type { Image } from "../docker/images.ts";
import { age } from "../format/age.ts";
import { decimalSize } from "../format/size.ts";

const shortId = ({ id }: Image) => id.replace(/^sha256:/, "").slice(0, 12);
const name = (image: Image) => image.tags[0] ?? `<none> ${shortId(image)}`;

/** All images of the engine; read-only for now. */
export const imagesScreen: ListScreen<Image> = {
  id: "images",
  title: "Images",
  noun: ["image", "images"],
  source: ({ sources }) => sources.images,
  columns: [
    {
      ...{ id: "name", title: "IMAGE", min: 10, max: 60, rank: 0, cut: "middle" },
      text: (image) => name(image),
      tone: ({ tags }) => (tags.length === 0 ? "dim" : "plain"),
      sort: (image) => name(image),
    },
    {
      ...{ id: "size", title: "SIZE", min: 6, max: 8, rank: 1, align: "right" },
      text: ({ size }) => decimalSize(size),
      sort: ({ size }) => size,
      descending: true,
    },
    {
      ...{ id: "created", title: "CREATED", min: 7, max: 7, rank: 2 },
      text: ({ created }, { now }) => `${age(created, now)}`,
      tone: () => "dim",
      sort: ({ created }) => created,
      descending: true,
    },
    {
      ...{ id: "id", title: "ID", min: 12, max: 12, rank: 3 },
      text: shortId,
      tone: () => "dim",
    },
    {
      ...{ id: "tags", title: "OTHER TAGS", min: 10, max: 60, rank: 4, optional: true },
      text: ({ tags }) => tags.slice(1).join(" "),
      tone: () => "dim",
    },
  ],
  sortedBy: "name",
  name,
  search: (image) => ({
    fields: { name: name(image), tags: image.tags.slice(1).join(" "), id: shortId(image) },
    labels: image.labels,
    exact: { name: image.tags, id: [image.id.replace(/^sha256:/, "")] },
  }),
  quiet: { label: "dangling images", is: ({ tags }) => tags.length === 0 },
  empty: "No images yet. docker pull fetches one.",
  actions: [],
};

import { bind } from "../actions/binding.ts";
import { outputKeys } from "../hooks/log/output-keys.ts";
import { FeedView } from "./feed-view.tsx";
import type { ViewProps } from "./views.tsx";

/** What a program writes, while it runs and after. */
export function OutputView({ overlay, ...room }: ViewProps<"output">) {
  const { output } = overlay;
  return (
    <FeedView
      title={output.title}
      open={() => output}
      bindings={() => bind(outputKeys, output)}
      {...{ overlay, ...room }}
    />
  );
}

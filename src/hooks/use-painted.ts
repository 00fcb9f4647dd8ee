import { useState } from "react";
import { useDesk } from "./use-session.ts";

/** Answers whether this component stood on the terminal when so many frames were: a dialog hears no key before. */
export function usePainted(): (frames: number) => boolean {
  const { frames } = useDesk();
  const [before] = useState(frames);
  return (then) => then > before;
}

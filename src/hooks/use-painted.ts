import { useApp } from "ink";
import { useEffect, useRef } from "react";

/** Answers whether this component has stood on the terminal yet: a dialog must hear no key before. */
export function usePainted(): () => boolean {
  const { waitUntilRenderFlush } = useApp();
  const painted = useRef(false);
  useEffect(() => {
    let here = true;
    void waitUntilRenderFlush().then(() => {
      painted.current = here;
    });
    return () => {
      here = false;
    };
  }, [waitUntilRenderFlush]);
  return () => painted.current;
}

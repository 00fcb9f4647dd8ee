import { createContext, useContext } from "react";
import type { Theme } from "./theme.ts";

/** Carries the theme down the tree. */
export const ThemeContext = createContext<Theme | undefined>(undefined);

/** How this terminal shows tones. */
export function useTheme(): Theme {
  const theme = useContext(ThemeContext);
  if (!theme) throw new Error("There is no theme above this component.");
  return theme;
}

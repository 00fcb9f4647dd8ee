const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A bar of at most `columns`: as long as `share` (0 to 1) of them, its last part, `hollow` (0 to 1) of it, drawn light.
 * What is more than nothing has a mark at least.
 */
export function bar({ share, hollow }: { share: number; hollow: number }, columns: number): string {
  const length = Math.min(1, Math.max(0, share)) * columns;
  if (!(length > 0)) return "";
  const light = Math.min(Math.floor(length), Math.round(length * Math.min(1, Math.max(0, hollow))));
  const full = length - light;
  const whole = Math.floor(full);
  const rest = light > 0 ? (full - whole >= 0.5 ? "█" : "") : (eighths[Math.floor((full - whole) * 8)] ?? "");
  return `${"█".repeat(whole)}${rest}${"░".repeat(light)}` || "▏";
}

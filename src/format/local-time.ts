const lengths = { minute: 16, second: 19, millisecond: 23 } as const;

/** A moment (unix ms) in local time, as far as that: "2026-11-21 14:05:03.227". */
export function localTime(moment: number, to: keyof typeof lengths): string {
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, "0")}`.slice(0, lengths[to]);
}

import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import { isForm, type Question } from "../../actions/question.ts";
import type { Session } from "../../actions/session.ts";
import type { Store } from "../../docker/store.ts";
import { type Asking, sendForm } from "./form.ts";

/** A question on the screen; `visible` of its objects fit. */
export type DialogPlace = { question: Question; state: Store<Asking>; session: Session; visible: number };

/** The keys of every dialog; a yes-or-no one hears nothing else. */
export const dialogKeys: readonly Binding<DialogPlace>[] = [
  {
    id: "dialog-yes",
    keys: ["y"],
    changes: true,
    label: "yes",
    help: "Do it",
    footer: 1,
    unavailable: ({ question }) => (isForm(question) ? "This is a form." : undefined),
    run: sendForm,
  },
  {
    id: "dialog-no",
    keys: ["n", "esc", "ctrl+c"],
    label: "no",
    help: "Do nothing and go back",
    footer: 2,
    run: ({ session }) => closeOverlay(session),
  },
  {
    id: "dialog-scroll",
    keys: ["down", "up", "pagedown", "pageup"],
    label: "scroll",
    help: "Scroll through the objects it is about, where there are more than fit",
    footer: 3,
    unavailable: ({ question, visible }) =>
      question.objects.length <= visible ? "All of them are shown." : undefined,
    run({ question, state, visible }, key) {
      const step = { up: -1, down: 1, pageup: -visible, pagedown: visible }[key] ?? 0;
      const last = Math.max(0, question.objects.length - visible);
      state.set((before) => ({ ...before, top: Math.max(0, Math.min(last, before.top + step)) }));
    },
  },
];

/** The keys of the switches a question has, each as its field names it. */
export function switchKeys({ question, state }: DialogPlace): Binding<DialogPlace>[] {
  return question.fields.flatMap((field) =>
    field.kind === "switch" && field.key !== undefined
      ? {
          id: `dialog-${field.id}`,
          keys: [field.key],
          label: field.id,
          help: field.label,
          footer: 4,
          run: () =>
            state.set((before) => ({
              ...before,
              answers: { ...before.answers, [field.id]: before.answers[field.id] !== true },
            })),
        }
      : [],
  );
}

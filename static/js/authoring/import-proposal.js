// The proposal in place: what was open stays open, what is being typed stays typed, and the focus where it was, also on the screen.
const FOCUSABLE = "#proposal :is(a, button, input, select, summary)[id]";
const fields = () => [...document.querySelectorAll("#proposal input[type=text], #proposal input:not([type])")];

let sent = new Map();
let open = [];
let stops = [];
let typed = [];
let height = 0;

const heightOfFocus = () => document.activeElement.getBoundingClientRect().top;

document.addEventListener("htmx:beforeRequest", () => { sent = new Map(fields().map(({ id, value }) => [id, value])); });

document.addEventListener("htmx:beforeSwap", () => {
  open = [...document.querySelectorAll("#proposal details:not([data-folds])")].map(({ id, open }) => [id, open]);
  const ids = [...document.querySelectorAll(FOCUSABLE)].map(({ id }) => id);
  height = heightOfFocus();
  stops = ids.slice(0, ids.indexOf(document.activeElement.id) + 1).reverse();
  typed = fields().filter(({ id, value }) => value !== sent.get(id)).map(({ id, value }) => [id, value]);
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, was] of open) document.getElementById(id)?.toggleAttribute("open", was);
  for (const id of stops) {
    if (document.activeElement !== document.body) break;
    document.getElementById(id)?.focus({ preventScroll: true });
  }
  if (document.activeElement !== document.body) scrollBy({ top: heightOfFocus() - height, behavior: "instant" });
  typed = typed.filter(([id, value]) => { const field = document.getElementById(id); if (field) field.value = value; return field; });
});

// What was typed while an answer was on its way is kept as soon as that can be sent.
document.addEventListener("htmx:afterSettle", () => {
  for (const [id] of typed.splice(0)) document.getElementById(id).dispatchEvent(new Event("change", { bubbles: true }));
});

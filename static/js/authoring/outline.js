// The outline in place: what a deed will do is asked in a dialog, a step can be dragged by its grip,
// and what was open stays open. Without this script every deed is a form on a page of its own.
const dialog = document.querySelector("#effect-dialog");

// The effect of a deed, before it is done

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target !== dialog) return;
  htmx.process(dialog);
  dialog.showModal();
});
dialog.addEventListener("click", (event) => {
  if (event.target !== dialog && !event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});

// What was open stays open

let open = [];
document.addEventListener("htmx:beforeSwap", () => { open = [...document.querySelectorAll("#outline details[open]")].map((details) => details.id); });
document.addEventListener("htmx:afterSettle", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
});

// Buttons that lead nowhere stay where the focus is

document.addEventListener("submit", (event) => {
  if (event.submitter?.getAttribute("aria-disabled") === "true") { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);

// Dragging: the grip of a step takes it along; where it is let go is where it goes

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button) return;
  event.preventDefault();
  const step = grip.closest("[data-move]"), list = step.parentElement;
  const before = step.nextElementSibling;
  step.classList.add("dragged");
  const follow = (move) => {
    const others = [...list.children].filter((other) => other !== step);
    const below = others.find((other) => move.clientY < other.getBoundingClientRect().top + other.offsetHeight / 2);
    list.insertBefore(step, below ?? null);
  };
  const stop = (end) => {
    step.classList.remove("dragged");
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", stop);
    document.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", escape);
    if (end.type !== "pointerup") list.insertBefore(step, before);
    else if (step.nextElementSibling !== before) put(step, [...list.children].indexOf(step) + 1);
  };
  const escape = (key) => { if (key.key === "Escape") stop(key); };
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", stop);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", escape);
});

const put = (step, position) => {
  const form = step.querySelector(".places form");
  form.elements.position.value = position;
  form.requestSubmit();
};


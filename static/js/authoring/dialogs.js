// Dialogs that ask for something: the forms stand in the page, and this opens one and waits for the answer.

// Returns what was filled in, or null if the dialog was left. `check(filled)` returns a sentence on what is wrong.
export const ask = (name, values = {}, check = () => "") => new Promise((resolve) => {
  const dialog = document.querySelector(`dialog[data-dialog="${name}"]`);
  const form = dialog.querySelector("form");
  const wrong = form.querySelector("[data-wrong]");
  let answer = null;

  form.reset();
  for (const [field, value] of Object.entries(values)) form.elements[field].value = value;
  form.onsubmit = (event) => {
    event.preventDefault();
    const filled = Object.fromEntries(new FormData(form, event.submitter));
    wrong.textContent = check(filled);
    wrong.hidden = !wrong.textContent;
    if (!wrong.hidden) return form.querySelector("input").focus();
    answer = filled;
    dialog.close();
  };
  form.querySelector("[data-cancel]").onclick = () => dialog.close();
  dialog.onclose = () => resolve(answer);
  wrong.hidden = true;
  dialog.showModal();
});

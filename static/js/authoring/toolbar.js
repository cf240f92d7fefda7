// The toolbar: one stop for Tab, arrow keys within it; Alt+F10 leads to it from the text, Escape back.
import { COMMANDS } from "authoring/commands";

const SURROUNDINGS = { table: "table", callout: "callout", list: "li" }; // where some buttons make sense

const isCommand = (event) => (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;

export const toolbar = (bar, editor) => {
  const all = [...bar.querySelectorAll("button")];
  const usable = () => all.filter((button) => button.offsetParent);
  const stopAt = (button) => all.forEach((other) => { other.tabIndex = other === button ? 0 : -1; });
  const go = (button) => { stopAt(button); button.focus(); };

  const refresh = () => {
    for (const group of bar.querySelectorAll("[data-within]")) {
      group.hidden = !editor.isActive(SURROUNDINGS[group.dataset.within]);
    }
    for (const button of all) {
      const { active, possible } = COMMANDS[button.dataset.command];
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(Boolean(active(editor))));
      button.setAttribute("aria-disabled", String(!possible(editor)));
    }
    const buttons = usable();
    if (buttons.length && !buttons.some((button) => button.tabIndex === 0)) stopAt(buttons[0]);
  };
  let waiting = 0;
  const refreshSoon = () => { waiting ||= requestAnimationFrame(() => { waiting = 0; refresh(); }); };

  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection in the text stays
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    stopAt(button);
    if (button.getAttribute("aria-disabled") !== "true") COMMANDS[button.dataset.command].run(editor);
  });
  bar.addEventListener("keydown", (event) => {
    const buttons = usable();
    const [here, last] = [buttons.indexOf(document.activeElement), buttons.length - 1];
    const [onward, back] = [here === last ? 0 : here + 1, here === 0 ? last : here - 1];
    const ways = { ArrowRight: onward, ArrowLeft: back, Home: 0, End: last };
    if (event.key === "Escape") editor.commands.focus();
    else if (event.key in ways) go(buttons[ways[event.key]]);
    else return;
    event.preventDefault();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") go(usable().find((button) => button.tabIndex === 0));
    else if (isCommand(event) && event.key.toLowerCase() === "k") COMMANDS.link.run(editor);
    else return;
    event.preventDefault();
  });
  editor.on("transaction", refreshSoon);
  bar.hidden = false;
  refresh();
};

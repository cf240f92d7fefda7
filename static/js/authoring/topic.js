// The page on which a topic is written: its fields, the editor, and everything that keeps what is typed.
import { announce } from "authoring/announce";
import { openArticle } from "authoring/article";
import { copiesOf } from "authoring/copies";
import { tellPresence } from "authoring/presence";
import { offerCopies } from "authoring/recovery";
import { keepSaved } from "authoring/saving";
import { pictureSender } from "authoring/sending";
import { word } from "authoring/words";

const form = document.querySelector("form[data-topic]");
const { title, summary, base } = form.elements;
const [status, trouble] = [document.querySelector("[data-status]"), document.querySelector("[data-trouble]")];
const stored = { title: title.value, summary: summary.value, html: form.elements.html.value };
const copies = copiesOf(form.dataset.owner);

const article = openArticle(form, { send: pictureSender(form), onChange: () => saving.change() });
const read = () => ({ title: title.value, summary: summary.value, html: article.html() });

// What is wrong stays in sight, with the way out that belongs to it; that all is well is said once.
let heard = "";
const onState = ({ kind, message, errors = {} }) => {
  const isFine = ["changed", "saved"].includes(kind);
  if (kind !== "changed" && kind !== heard) announce(message);
  if (kind !== "changed") heard = kind;
  status.textContent = isFine ? message : "";
  trouble.hidden = isFine;
  trouble.querySelector("[data-message]").textContent = isFine ? "" : message;
  for (const way of trouble.querySelectorAll("[data-for]")) way.hidden = !way.dataset.for.split(" ").includes(kind);
  for (const field of [title, summary]) field.setAttribute("aria-invalid", String(field.name in errors));
};
const saving = keepSaved({ form, read, copies, onState });

// The fields

for (const field of [title, summary]) field.addEventListener("input", saving.change);
title.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  summary.focus();
});
const left = document.querySelector("[data-left]");
const countLeft = () => { left.textContent = word("left", summary.maxLength - summary.value.length); };
summary.addEventListener("input", countLeft);
countLeft();

// The buttons and links

form.addEventListener("submit", (event) => {
  form.elements.html.value = article.html();
  if (event.submitter?.hasAttribute("data-plainly")) return;
  event.preventDefault();
  heard = "";
  saving.settle();
});
trouble.querySelector("[data-retry]").addEventListener("click", () => saving.save());
for (const link of document.querySelectorAll("a[data-after-saving]")) {
  link.addEventListener("click", async (event) => {
    if (!saving.isChanged() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (await saving.settle()) location.assign(link.href);
  });
}

// Copies of before, and who else is here

const restore = (copy) => {
  if (saving.isChanged()) copies.setAside(saving.copy());
  [title.value, summary.value, base.value] = [copy.title, copy.summary, copy.base];
  article.show(copy.html);
  countLeft();
};
const merged = location.hash === "#merged";
if (merged) history.replaceState(null, "", location.pathname);
const place = document.querySelector("[data-copies]");
offerCopies({ place, copies, stored, base: Number(base.value), restore, merged });
tellPresence({ form, notice: document.querySelector("[data-others]"), saving });

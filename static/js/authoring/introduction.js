// The page on which the introduction of a theme is written. It is saved by its button; until then, what is typed is
// kept on this device.
import { openArticle } from "authoring/article";
import { copiesOf } from "authoring/copies";
import { offerCopies } from "authoring/recovery";
import { pictureSender } from "authoring/sending";

const form = document.querySelector("form[data-introduction]");
const copies = copiesOf(form.dataset.owner);
const text = (html) => ({ title: "", summary: "", html });
const stored = text(form.elements.html.value);

const keep = () => copies.keep({ ...text(article.html()), base: 0, at: Date.now() });
const article = openArticle(form, { send: pictureSender(form), onChange: keep });

form.addEventListener("submit", () => { form.elements.html.value = article.html(); });
offerCopies({ place: document.querySelector("[data-copies]"), copies, stored, base: 0, restore: (copy) => article.show(copy.html) });

// An article of the editor, written down as HTML: as tight as people would write it, and the same every time.
import { pm } from "django-prose-editor/editor";

const serializers = new WeakMap();

const serializerOf = (schema) => {
  if (!serializers.has(schema)) serializers.set(schema, pm.model.DOMSerializer.fromSchema(schema));
  return serializers.get(schema);
};

export const written = (article) => {
  const inert = document.implementation.createHTMLDocument(""); // where no picture is fetched
  const serializer = serializerOf(article.type.schema);
  const holder = serializer.serializeFragment(article.content, { document: inert }, inert.createElement("div"));
  TIDYINGS.forEach((tidy) => tidy(holder));
  return [...holder.children].map((element) => element.outerHTML).join("\n");
};

const each = (selector, change) => (holder) => holder.querySelectorAll(selector).forEach(change);
const isEmpty = (element) => !element.textContent.trim() && !element.children.length;
const isList = ({ localName }) => localName === "ul" || localName === "ol";

const withoutEmpty = (element) => { if (isEmpty(element) && !element.closest("li, td, th, dd")) element.remove(); };

// A lone paragraph, perhaps with a list below it, stands in a list or a table without its <p>.
const tight = (part) => {
  const [first, ...rest] = part.children;
  if (first.localName === "p" && !first.attributes.length && rest.every(isList)) first.replaceWith(...first.childNodes);
};

const isHeader = ({ localName }) => localName === "th";
const isHead = (row) => row?.dataset.section === "thead" || (row?.cells.length > 0 && [...row.cells].every(isHeader));
const inSections = (table) => {
  table.caption?.removeAttribute("contenteditable");
  const [body] = table.tBodies;
  while (isHead(body.rows[0])) table.createTHead().append(body.rows[0]);
  while ([...body.rows].at(-1)?.dataset.section === "tfoot") table.createTFoot().prepend([...body.rows].at(-1));
  if (!body.rows.length) body.remove();
};

// Who reads HTML drops the first newline of a <pre>.
const withFirstNewline = (listing) => { if (listing.textContent.startsWith("\n")) listing.prepend("\n"); };

const TIDYINGS = [
  each("p, figcaption, summary", withoutEmpty),
  each("li, td, th, dd", tight),
  each("table", inSections),
  each("tr", (row) => row.removeAttribute("data-section")),
  each("pre", withFirstNewline),
];

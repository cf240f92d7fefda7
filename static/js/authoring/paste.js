// What Word, Google Docs and web pages put on the clipboard becomes the plain structure that it means.
import { isAllowed } from "authoring/addresses";

const PICTURES = "/pictures/";
const KEPT = "href src alt colspan rowspan scope start data-callout data-video".split(" ");
const NOT_EVEN_THEIR_TEXT = `script, style, template, noscript, iframe, object, svg, math, title, xml, nav,
  select, button, input, textarea, o\\:p`;
const LAYOUT = `div, section, article, main, header, footer, center, form, fieldset, details, summary, address,
  aside:not([data-callout])`;
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, dl, table, blockquote, figure, pre, hr, aside";
const HEADINGS = "h1, h2, h3, h4, h5, h6";

const styleOf = (element) => (element.dataset.style ?? "").toLowerCase();
const unwrap = (element) => element.replaceWith(...element.childNodes);
const isEmpty = (element) => !element.textContent.trim() && !element.querySelector("img, hr");

const rename = (element, name) => {
  const renamed = element.ownerDocument.createElement(name);
  for (const attribute of element.attributes) renamed.setAttribute(attribute.name, attribute.value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
};

const each = (selector, change) => (body) => body.querySelectorAll(selector).forEach(change);
const eachInnermostFirst = (selector, change) => (body) =>
  [...body.querySelectorAll(selector)].reverse().forEach(change);

// Word writes a list as paragraphs that say "level 2 of list 1", with the bullet or the number as text.
const buildLists = (body) => {
  let open = []; // the lists that the paragraph at hand may continue, the outermost first
  for (const paragraph of body.querySelectorAll("p")) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d+)/.exec(styleOf(paragraph))?.[1]);
    if (!level) continue;
    if (paragraph.previousElementSibling !== open[0]?.list) open = [];
    const parts = [...paragraph.querySelectorAll("[data-style]")];
    const sign = parts.find((part) => /mso-list:\s*ignore/.test(styleOf(part)));
    const name = /[0-9a-z][.)]/i.test(sign?.textContent ?? "") ? "ol" : "ul";
    sign?.remove();
    while (open.length && open.at(-1).level > level) open.pop();
    if (open.at(-1)?.level !== level) open.push({ level, list: begun(name, paragraph, open.at(-1)?.list) });
    const item = paragraph.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).list.append(item);
    paragraph.remove();
  }
};
const begun = (name, paragraph, outer) => {
  const list = paragraph.ownerDocument.createElement(name);
  if (outer) outer.lastElementChild.append(list);
  else paragraph.before(list);
  return list;
};

// Emphasis is a style in Google Docs and Word; and Google Docs puts everything in a <b> that is not bold.
const isBoldAnyway = (element) => Boolean(element.closest(`${HEADINGS}, th`));
const plainBold = (bold) => {
  if (isBoldAnyway(bold) || /(?<![-\w])font-weight:\s*(normal|400)/.test(styleOf(bold))) unwrap(bold);
};
const emphasisOf = (span) => {
  const style = styleOf(span);
  return [
    /(?<![-\w])font-weight:\s*(bold|[6-9]00)/.test(style) && !isBoldAnyway(span) && "strong",
    /font-style:\s*italic/.test(style) && "em",
    /text-decoration[^;]*line-through/.test(style) && "s",
    /vertical-align:\s*super/.test(style) && "sup",
    /vertical-align:\s*sub/.test(style) && "sub",
  ].filter(Boolean);
};
const emphasise = (span) => {
  for (const name of emphasisOf(span)) {
    const emphasis = span.ownerDocument.createElement(name);
    emphasis.append(...span.childNodes);
    span.append(emphasis);
  }
  unwrap(span);
};

// The title of the page is its h1: the highest heading that is pasted is an h2.
const lowerHeadings = (body) => {
  const shift = body.querySelector("h1") ? 1 : 0;
  const lowered = ({ localName }) => `h${Math.min(Number(localName[1]) + shift, 4)}`;
  body.querySelectorAll(HEADINGS).forEach((heading) => rename(heading, lowered(heading)));
};

const withoutPicture = (figure) => {
  figure.querySelectorAll("figcaption").forEach((caption) => rename(caption, "p"));
  unwrap(figure);
};
const withoutLayout = (box) => (box.querySelector(BLOCKS) ? unwrap(box) : rename(box, "p"));
const withoutDeadLink = (link) => {
  const address = link.getAttribute("href") ?? "";
  if (!address || address.startsWith("#") || !isAllowed(address)) unwrap(link);
};

// A line break that stands between blocks, or at the edge of one, breaks nothing.
const beside = (line, side) => {
  let other = line[side];
  while (other && (other.localName === "br" || (!other.localName && !other.textContent.trim()))) other = other[side];
  return other;
};
const withoutEmptyLine = (line) => {
  const neighbours = [beside(line, "previousSibling"), beside(line, "nextSibling")];
  if (neighbours.every((node) => !node || node.matches?.(BLOCKS))) line.remove();
};

const keepAttributes = (element) => {
  for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name);
};
const tidySpaces = (body) => {
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    text.data = text.data.replace(/\u00a0(?=\s)|(?<=\s)\u00a0/g, " ");
  }
};

const STEPS = [
  each(NOT_EVEN_THEIR_TEXT, (element) => element.remove()),
  each("p.MsoTitle", (title) => rename(title, "h1")),
  buildLists,
  each("b, strong", plainBold),
  eachInnermostFirst("span, font", emphasise),
  each("figure:not([data-video]):not(:has(img))", withoutPicture),
  eachInnermostFirst(LAYOUT, withoutLayout),
  lowerHeadings,
  each("ul > ul, ul > ol, ol > ul, ol > ol", (list) => list.previousElementSibling?.append(list)),
  each("a", withoutDeadLink),
  each("*", keepAttributes),
  tidySpaces,
  each("br", withoutEmptyLine),
  each("p", (paragraph) => { if (isEmpty(paragraph)) paragraph.remove(); }),
];

// Styles and event handlers are never applied, and the content policy reports them: they are put aside as data, so that
// a style can be read as text.
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const VALUE_OR_NAME = /"[^"]*"|'[^']*'|(?<![\w-])(?:style|on\w+)(?=\s*=)/gi;
const ONLY_FOR_OFFICE = /<!--\[if[\s\S]*?<!\[endif\]-->|<!\[(?:if|endif)[^\]]*\]>/gi;
const putAside = (found) => (/^["']/.test(found) ? found : `data-${found}`);

const isOurs = (image) => {
  const source = image.getAttribute("src") ?? "";
  if (!URL.canParse(source, location.href)) return false;
  const { origin, pathname } = new URL(source, location.href);
  if (origin !== location.origin || !pathname.startsWith(PICTURES)) return false;
  image.setAttribute("src", pathname);
  return true;
};

// Returns what to paste, and how many pictures of elsewhere were not taken along.
export const cleanPaste = (html) => {
  if (html.includes("data-pm-slice")) return { clean: html, leftOut: 0 }; // from this editor, or another one like it
  const inert = document.createElement("template");
  inert.innerHTML = html.replace(ONLY_FOR_OFFICE, "").replace(TAG, (tag) => tag.replace(VALUE_OR_NAME, putAside));
  const foreign = [...inert.content.querySelectorAll("img")].filter((image) => !isOurs(image));
  foreign.forEach((image) => image.remove());
  STEPS.forEach((step) => step(inert.content));
  return { clean: inert.innerHTML, leftOut: foreign.length };
};

// The article as the editor knows it: a node or mark for everything that courses/articles/sanitise.py lets through.
// What it cannot hold all the same is noticed by sense.js, and then not opened in the editor.
import { Extension, Mark, Node, pm } from "django-prose-editor/editor";
import { isAllowed } from "authoring/addresses";

export const kept = (attributes) => Object.fromEntries(Object.entries(attributes).map(([key, name]) => [key, {
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (values) => (values[key] === null ? {} : { [name]: values[key] }),
}]));

// Marks; the first is the outermost

const mark = (name, { tags = [name], attributes = {}, shortcut, ...rest } = {}) => Mark.create({
  name,
  excludes: "", // one may stand in another, of another language or title
  addAttributes: () => kept(attributes),
  parseHTML: () => tags.map((tag) => ({ tag })),
  renderHTML: ({ HTMLAttributes }) => [name, HTMLAttributes, 0],
  addKeyboardShortcuts() { return shortcut ? { [shortcut]: () => this.editor.commands.toggleMark(name) } : {}; },
  ...rest,
});

const MARKS = [
  mark("a", {
    attributes: { href: "href" },
    excludes: "a",
    inclusive: false,
    parseHTML: () => [{ tag: "a[href]", getAttrs: (element) => isAllowed(element.getAttribute("href")) && null }],
  }),
  mark("span", { tags: ["span[lang]", "span[dir]"] }),
  mark("q"),
  mark("cite"),
  mark("abbr", { attributes: { title: "title" } }),
  mark("time", { attributes: { datetime: "datetime" } }),
  mark("strong", { tags: ["strong", "b"], shortcut: "Mod-b" }),
  mark("em", { tags: ["em", "i"], shortcut: "Mod-i" }),
  mark("u", { shortcut: "Mod-u" }),
  mark("s", { tags: ["s", "del", "strike"], shortcut: "Mod-Shift-x" }),
  mark("mark"), mark("small"), mark("sub"), mark("sup"), mark("kbd"), mark("code"),
];

// Blocks, and the parts they are made of

export const block = (name, { tag = name, attributes = {}, ...rest } = {}) => Node.create({
  name,
  group: "block",
  content: "block+",
  addAttributes: () => kept(attributes),
  parseHTML: () => [{ tag }],
  renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  ...rest,
});
const part = (name, content, rest = {}) => block(name, { group: "", content, ...rest });

const atStartOf = (type, { empty, $from }) =>
  empty && $from.parentOffset === 0 && $from.depth > 1 && $from.node(-1).type === type && $from.index(-1) === 0;

const listItem = part("li", "block+", {
  defining: true,
  addKeyboardShortcuts() { // not Tab, which leaves the text
    const { editor, type } = this;
    return {
      Enter: () => editor.commands.splitListItem("li"),
      Backspace: () => atStartOf(type, editor.state.selection) && editor.commands.liftListItem("li"),
      "Mod-]": () => editor.commands.sinkListItem("li"),
      "Mod-[": () => editor.commands.liftListItem("li"),
    };
  },
});

const BLOCKS = [
  block("blockquote", { defining: true }),
  block("ul", { group: "block list", content: "li+" }),
  block("ol", { group: "block list", content: "li+", attributes: { start: "start" } }),
  listItem,
  block("dl", { content: "(dt | dd)+" }),
  part("dt", "inline*"),
  part("dd", "block+"),
  block("pre", {
    content: "inline*",
    code: true,
    defining: true,
    parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  }),
  block("section"),
  block("div"),
  block("details", { content: "summary? block*" }),
  part("summary", "inline*"),
  block("figure", { content: "(block | figcaption)*" }),
  part("figcaption", "inline*"),
];

const inlinePicture = block("img", {
  group: "inline",
  inline: true,
  content: "",
  draggable: true,
  attributes: { src: "src", alt: "alt" },
  parseHTML: () => [{ tag: "img[src]" }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
});

// Tables: rows of cells and nothing else, as prosemirror-tables wants them; the rest is an attribute

const span = (name) => ({
  default: 1,
  parseHTML: (element) => Number(element.getAttribute(name)) || 1,
  renderHTML: (values) => (values[name] > 1 ? { [name]: values[name] } : {}),
});
const cell = (name, tableRole, attributes = {}) => part(name, "block+", {
  tableRole,
  isolating: true,
  addAttributes: () => ({
    colspan: span("colspan"),
    rowspan: span("rowspan"),
    colwidth: { default: null, rendered: false }, // prosemirror-tables wants it
    ...kept(attributes),
  }),
});

// A head is seen from its cells; said is only what cannot be seen from them.
const sectionOf = (row) => {
  const section = row.parentElement?.localName;
  return section === "tfoot" || (section === "thead" && row.querySelector(":scope > td")) ? section : null;
};
const inOneLine = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const captioned = (caption) => (caption ? [["caption", { contenteditable: "false" }, caption]] : []);
const only = (name, attribute) => (value) => (value[name] ? { [attribute]: value[name] } : {});

const TABLES = [
  block("table", {
    content: "tr+",
    tableRole: "table",
    isolating: true,
    addAttributes: () => ({
      caption: { default: "", rendered: false, parseHTML: (table) => inOneLine(table.caption?.textContent) },
    }),
    parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }, { tag: "colgroup", ignore: true }],
    renderHTML: ({ node, HTMLAttributes }) => ["table", HTMLAttributes, ...captioned(node.attrs.caption), ["tbody", 0]],
    extendNodeSchema: ({ config }) => (config.tableRole ? { tableRole: config.tableRole } : {}),
    addProseMirrorPlugins: () => [pm.tables.tableEditing()],
  }),
  part("tr", "(td | th)*", {
    tableRole: "row",
    addAttributes: () => ({
      section: { default: null, parseHTML: sectionOf, renderHTML: only("section", "data-section") },
    }),
  }),
  cell("td", "cell"),
  cell("th", "header_cell", { scope: "scope" }),
];

export const SCHEMA = [...MARKS, ...BLOCKS, ...TABLES, inlinePicture];

// lang and dir may stand on anything.
export const everywhere = (extensions) => {
  const types = extensions.map(({ name }) => name);
  const attributes = kept({ lang: "lang", dir: "dir" });
  return Extension.create({ name: "everywhere", addGlobalAttributes: () => [{ types, attributes }] });
};

// What the buttons of the toolbar do: { run, active, possible }, each with the editor.
import { pm } from "django-prose-editor/editor";
import { meant, videoAt } from "authoring/addresses";
import { ask } from "authoring/dialogs";
import { word } from "authoring/words";

const never = () => false;
const always = () => true;
const inside = (name) => (editor) => editor.isActive(name);

const mark = (name) => ({
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
  active: inside(name),
  possible: (editor) => editor.can().toggleMark(name),
});
const heading = (level) => ({
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  active: (editor) => editor.isActive("heading", { level }),
  possible: (editor) => editor.can().toggleHeading({ level }),
});
const list = (name) => ({
  run: (editor) => editor.chain().focus().toggleList(name, "li").run(),
  active: inside(name),
  possible: (editor) => editor.can().toggleList(name, "li"),
});
const wrap = (name, attributes = {}) => ({
  run: (editor) => editor.chain().focus().toggleWrap(name, attributes).run(),
  active: inside(name),
  possible: (editor) => editor.isActive(name) || editor.can().wrapIn(name),
});
const command = (name, argument) => ({
  run: (editor) => editor.chain().focus()[name](argument).run(),
  active: never,
  possible: (editor) => editor.can()[name](argument),
});
const kindOfBox = (kind) => ({
  run: (editor) => editor.chain().focus().updateAttributes("callout", { kind }).run(),
  active: (editor) => editor.isActive("callout", { kind }),
  possible: inside("callout"),
});

// Links

const askForLink = async (editor) => {
  editor.commands.extendMarkRange("a");
  const { doc, selection } = editor.state;
  const text = doc.textBetween(selection.from, selection.to, " ");
  const before = { address: editor.getAttributes("a").href ?? "", text };
  document.querySelector("[data-only-existing]").hidden = !before.address;
  const check = ({ address, remove }) => (remove || meant(address) ? "" : word("noAddress"));
  const link = await ask("link", before, check);
  if (!link) return;
  const [chain, href] = [editor.chain().focus(), meant(link.address)];
  if (link.remove) chain.unsetMark("a").run();
  else if (text && link.text === text) chain.setMark("a", { href }).run();
  else chain.insertContent(linked(link.text.trim() || link.address.trim(), href)).run();
};
const linked = (text, href) => ({ type: "text", text, marks: [{ type: "a", attrs: { href } }] });

// Videos

const askForVideo = async (editor) => {
  const filled = await ask("video", {}, ({ address }) => (videoAt(address) ? "" : word("noVideo")));
  if (!filled) return;
  const title = filled.title.trim();
  const content = title ? [{ type: "text", text: title }] : [];
  const video = { type: "video", attrs: { video: videoAt(filled.address) }, content };
  editor.chain().focus().insertContent(video).run();
};

// Tables

const { tables } = pm;

const insertTable = (editor) => {
  const { nodes } = editor.schema;
  const row = (cell) => nodes.tr.create(null, Array.from({ length: 3 }, () => nodes[cell].createAndFill()));
  const table = nodes.table.create(null, [row("th"), row("td"), row("td")]);
  const change = editor.state.tr.replaceSelectionWith(table);
  let place = 0;
  change.doc.descendants((node, position) => { if (node === table) place = position; });
  change.setSelection(pm.state.TextSelection.near(change.doc.resolve(place + 1)));
  editor.view.dispatch(change.scrollIntoView());
  editor.commands.focus();
};

const inTable = (change, active = never) => ({
  run: (editor) => { change(editor.state, editor.view.dispatch); editor.commands.focus(); },
  active,
  possible: (editor) => change(editor.state),
});

const firstRowIsHead = ({ state }) => {
  if (!tables.isInTable(state)) return false;
  const { map, table } = tables.selectedRect(state);
  return tables.rowIsHeader(map, table, 0);
};
const firstColumnIsHead = ({ state }) => {
  if (!tables.isInTable(state)) return false;
  const { map, table } = tables.selectedRect(state);
  return tables.columnIsHeader(map, table, 0);
};

const askForCaption = async (editor) => {
  const filled = await ask("table-caption", { caption: editor.getAttributes("table").caption });
  if (filled) editor.chain().focus().updateAttributes("table", { caption: filled.caption.trim() }).run();
};

export const COMMANDS = {
  undo: command("undo"),
  redo: command("redo"),
  heading2: heading(2),
  heading3: heading(3),
  heading4: heading(4),
  strong: mark("strong"),
  em: mark("em"),
  s: mark("s"),
  link: { run: askForLink, active: inside("a"), possible: (editor) => editor.can().setMark("a", { href: "/" }) },
  ul: list("ul"),
  ol: list("ol"),
  quotation: wrap("blockquote"),
  callout: wrap("callout", { kind: "tip" }),
  picture: { run: () => document.querySelector("[data-choose-pictures]").click(), active: never, possible: always },
  video: { run: askForVideo, active: never, possible: always },
  table: { run: insertTable, active: never, possible: (editor) => !editor.isActive("table") },
  rule: command("setHorizontalRule"),
  sink: command("sinkListItem", "li"),
  lift: command("liftListItem", "li"),
  tip: kindOfBox("tip"),
  example: kindOfBox("example"),
  warning: kindOfBox("warning"),
  rowAbove: inTable(tables.addRowBefore),
  rowBelow: inTable(tables.addRowAfter),
  rowGone: inTable(tables.deleteRow),
  columnBefore: inTable(tables.addColumnBefore),
  columnAfter: inTable(tables.addColumnAfter),
  columnGone: inTable(tables.deleteColumn),
  headRow: inTable(tables.toggleHeader("row"), firstRowIsHead),
  headColumn: inTable(tables.toggleHeader("column"), firstColumnIsHead),
  tableCaption: { run: askForCaption, active: never, possible: inside("table") },
  tableGone: inTable(tables.deleteTable),
};

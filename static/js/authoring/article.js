// The text: in the editor, or as HTML in the field of the form if the editor cannot carry all of it.
import {
  Document, Dropcursor, Editor, Extension, Gapcursor, HardBreak, Heading, HorizontalRule, Paragraph, Placeholder, Text,
  UndoRedo, createDocument, wrappingInputRule,
} from "django-prose-editor/editor";
import { announce } from "authoring/announce";
import { FIGURES } from "authoring/figures";
import { cleanPaste } from "authoring/paste";
import { SCHEMA, everywhere } from "authoring/schema";
import { goToPlace } from "authoring/places";
import { sense } from "authoring/sense";
import { toolbar } from "authoring/toolbar";
import { upload, uploads } from "authoring/uploads";
import { word } from "authoring/words";
import { written } from "authoring/written";

const SPEAKING = [Paragraph, Heading.configure({ levels: [2, 3, 4] }), ...FIGURES, ...SCHEMA];

// "- " begins a list, "1. " a numbered one, "> " a quotation.
const typing = Extension.create({
  name: "typing",
  addInputRules() {
    const { ul, ol, blockquote } = this.editor.schema.nodes;
    return [
      wrappingInputRule({ find: /^\s*[-*•]\s$/, type: ul }),
      wrappingInputRule({ find: /^1[.)]\s$/, type: ol }),
      wrappingInputRule({ find: /^>\s$/, type: blockquote }),
    ];
  },
});

const transformPastedHTML = (html) => {
  const { clean, leftOut } = cleanPaste(html);
  if (leftOut) announce(word("picturesLeftOut", leftOut));
  return clean;
};

const createEditor = (element, field, { send, onChange }) => new Editor({
  element,
  content: field.value,
  injectCSS: false, // the content policy takes no <style>
  enablePasteRules: false,
  extensions: [
    Document, Text, HardBreak, HorizontalRule, ...SPEAKING, everywhere(SPEAKING), typing, uploads(send),
    UndoRedo, Gapcursor,
    Dropcursor.configure({ color: false, class: "drop-place" }),
    Placeholder.configure({ placeholder: word("placeholder") }),
  ],
  editorProps: {
    attributes: {
      class: "prose",
      "aria-multiline": "true",
      "aria-labelledby": "label-of-html",
      "aria-describedby": "editor-keys",
      lang: field.lang,
    },
    transformPastedHTML,
  },
  onUpdate: onChange,
});

// The button of the toolbar opens the file field of the page.
const takeChosenPictures = ({ view }, send) => {
  const chosen = document.querySelector("[data-choose-pictures]");
  chosen.addEventListener("change", () => {
    for (const file of chosen.files) upload(view, file, view.state.selection.to, send);
    chosen.value = "";
    view.focus();
  });
};

// Returns `html()`, what the text says now, and `show(html)`, which puts another one there; that can be undone.
// `send(file, onProgress)` stores a picture, `onChange()` hears that something was typed.
export const openArticle = (form, { send, onChange }) => {
  const field = form.elements.html;
  const [whole, notCarried] = [form.querySelector("[data-editor]"), form.querySelector("[data-not-carried]")];
  const editor = createEditor(whole.querySelector("[data-text]"), field, { send, onChange });
  let editing = true;

  const edit = (yes) => {
    editing = yes;
    [whole.hidden, field.hidden, notCarried.hidden] = [!yes, yes, yes];
  };
  const carries = (article, html) => sense(written(article)) === sense(html);
  const html = () => (editing ? written(editor.state.doc) : field.value);
  const show = (text) => {
    const article = createDocument(text, editor.schema);
    edit(carries(article, text));
    if (editing) editor.commands.setContent(article, { emitUpdate: false });
    else field.value = text;
    onChange();
  };

  field.addEventListener("input", onChange);
  document.getElementById("label-of-html").addEventListener("click", () => { if (editing) editor.commands.focus(); });
  notCarried.querySelector("button").addEventListener("click", () => {
    edit(true);
    editor.commands.setContent(field.value, { emitUpdate: false });
    editor.commands.focus("start");
  });
  edit(carries(editor.state.doc, field.value));
  toolbar(form.querySelector("[role=toolbar]"), editor);
  takeChosenPictures(editor, send);
  if (editing) goToPlace(editor);
  return { html, show };
};

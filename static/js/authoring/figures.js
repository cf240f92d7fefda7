// Pictures and videos: a figure whose text is the caption. What is to be seen on a picture is asked beside it.
import { block } from "authoring/schema";
import { isInline } from "authoring/sense";
import { word } from "authoring/words";

export const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

const created = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// A figure of nothing but a picture, or a video, and a caption of text; any other is left to the figure of schema.js.
const captionOf = (figure) => figure.querySelector(":scope > figcaption") ?? document.createElement("figcaption");
const isOf = (figure, ...parts) => {
  const nodes = [...figure.childNodes].filter((node) => node.localName || node.data.trim());
  return parts.includes(nodes.map(({ nodeName }) => nodeName.toLowerCase()).join(" "))
    && nodes.every((node) => !node.lang && !node.dir)
    && [...captionOf(figure).childNodes].every(isInline);
};

const leaveBelow = (editor, type) => {
  const { $from } = editor.state.selection;
  if ($from.parent.type !== type) return false;
  const below = $from.after();
  const chain = editor.chain().insertContentAt(below, { type: "paragraph" }).setTextSelection(below + 1);
  return chain.scrollIntoView().run();
};
const selectWhole = (editor, type) => {
  const { $from, empty } = editor.state.selection;
  if (!empty || $from.parent.type !== type || $from.parentOffset > 0) return false;
  return editor.commands.setNodeSelection($from.before());
};

const figure = (name, rest) => block(name, {
  content: "inline*",
  isolating: true,
  draggable: true,
  priority: 200, // before any other figure
  addKeyboardShortcuts() {
    return {
      Enter: () => leaveBelow(this.editor, this.type),
      Backspace: () => selectWhole(this.editor, this.type),
    };
  },
  ...rest,
});
const emptyCaption = (words) => {
  const caption = created("figcaption");
  caption.dataset.placeholder = words;
  return caption;
};

// Pictures: no `alt` is undecided yet, an empty one is decorative

const pictureIn = (figure) => {
  if (!isOf(figure, "img", "img figcaption")) return false;
  const image = figure.querySelector("img");
  return image.hasAttribute("src") && { src: image.getAttribute("src"), alt: image.getAttribute("alt") };
};

const drawnPicture = ({ node: { attrs }, HTMLAttributes: { src, alt, ...others } }) =>
  ["figure", others, ["img", attrs.alt === null ? { src } : { src, alt }], ["figcaption", 0]];

const pictureView = ({ node, editor, getPos }) => {
  const image = created("img", { src: node.attrs.src });
  const facts = fromTemplate("picture-facts");
  const [alt, decorative] = [facts.querySelector("[data-alt]"), facts.querySelector("[data-decorative]")];
  const caption = emptyCaption(word("caption"));
  const dom = created("figure", {}, image, caption, facts);

  const show = ({ attrs }) => {
    dom.toggleAttribute("data-undecided", attrs.alt === null);
    alt.disabled = decorative.checked = attrs.alt === "";
    if (attrs.alt !== "" && document.activeElement !== alt) alt.value = attrs.alt ?? "";
    image.alt = attrs.alt ?? "";
  };
  const decide = () => {
    const decided = decorative.checked ? "" : alt.value.trim() || null;
    editor.view.dispatch(editor.state.tr.setNodeAttribute(getPos(), "alt", decided));
  };
  alt.addEventListener("input", decide);
  decorative.addEventListener("change", decide);
  show(node);

  return {
    dom,
    contentDOM: caption,
    update: (changed) => changed.type === node.type && changed.attrs.src === node.attrs.src && (show(changed), true),
    stopEvent: ({ target }) => facts.contains(target),
    ignoreMutation: ({ target }) => !caption.contains(target),
  };
};

const picture = figure("picture", {
  attributes: { src: "src", alt: "alt" },
  parseHTML: () => [{ tag: "figure", contentElement: captionOf, getAttrs: pictureIn }],
  renderHTML: drawnPicture,
  addNodeView: () => pictureView,
});

// Videos

const videoView = ({ node }) => {
  const [provider, id] = node.attrs.video.split(":");
  const medium = created("p", { className: "video-box", contentEditable: "false" }, word(provider, id));
  const caption = emptyCaption(word("videoTitle"));
  const dom = created("figure", {}, medium, caption);
  return { dom, contentDOM: caption, ignoreMutation: ({ target }) => !caption.contains(target) };
};

const video = figure("video", {
  attributes: { video: "data-video" },
  parseHTML: () => [{
    tag: "figure[data-video]",
    contentElement: captionOf,
    getAttrs: (element) => isOf(element, "", "figcaption") && null,
  }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", 0]],
  addNodeView: () => videoView,
});

const box = block("callout", { tag: "aside", attributes: { kind: "data-callout" }, defining: true });

export const FIGURES = [picture, video, box];

// Where a block of this type can stand, at or after a position: below the paragraph, or below what that stands in.
export const placeFor = (doc, position, type) => {
  const $position = doc.resolve(position);
  for (let depth = $position.depth; depth > 0; depth -= 1) {
    const index = $position.indexAfter(depth - 1);
    if ($position.node(depth - 1).canReplaceWith(index, index, type)) return $position.after(depth);
  }
  return position;
};

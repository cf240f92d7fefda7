// Pictures on their way to the server: shown at their place in the text, with progress, a way back, what went wrong.
import { Extension, Plugin, pm } from "django-prose-editor/editor";
import { announce } from "authoring/announce";
import { fromTemplate, placeFor } from "authoring/figures";
import { NotDone } from "authoring/sending";
import { reason, word } from "authoring/words";

const MOST_BYTES = 20_000_000;
const KEY = new pm.state.PluginKey("uploads");
const { Decoration, DecorationSet } = pm.view;
let count = 0;

const widget = ({ id, dom, position }) =>
  Decoration.widget(position, dom, { id, side: -1, stopEvent: () => true, ignoreSelection: true });
const withId = (set, wanted) => set.find(undefined, undefined, ({ id }) => id === wanted);

// The uploads under way, which move along with the text around them.
const underWay = {
  init: () => DecorationSet.empty,
  apply(transaction, standing) {
    const { added, removed } = transaction.getMeta(KEY) ?? {};
    const moved = standing.map(transaction.mapping, transaction.doc);
    if (added) return moved.add(transaction.doc, [widget(added)]);
    return removed ? moved.remove(withId(moved, removed)) : moved;
  },
};

// Put the file on its way. `send(file, onProgress)` returns { abort, answer }, a promise of the stored picture.
export const upload = (view, file, position, send) => {
  const id = (count += 1);
  const picture = view.state.schema.nodes.picture;
  const dom = fromTemplate("upload");
  const [progress, wrong, retry] = ["progress", "[data-wrong]", "[data-retry]"].map((part) => dom.querySelector(part));
  let sending;

  const remove = () => view.state.tr.setMeta(KEY, { removed: id });
  const arrive = ({ address }) => {
    const [place] = withId(KEY.getState(view.state), id);
    view.dispatch(place ? remove().insert(place.from, picture.create({ src: address, alt: null })) : remove());
    announce(word("uploaded", file.name));
  };
  const fail = (error) => {
    [wrong.textContent, wrong.hidden, progress.hidden, retry.hidden] = [reason(error), false, true, false];
    announce(reason(error));
  };
  const start = () => {
    [wrong.hidden, progress.hidden, retry.hidden, progress.value] = [true, false, true, 0];
    sending = send(file, (fraction) => { progress.value = fraction; });
    sending.answer.then(arrive, fail);
  };

  dom.querySelector("[data-name]").textContent = file.name;
  retry.addEventListener("click", start);
  dom.querySelector("[data-cancel]").addEventListener("click", () => {
    sending?.abort();
    view.dispatch(remove());
    view.focus();
  });
  const added = { id, dom, position: placeFor(view.state.doc, position, picture) };
  view.dispatch(view.state.tr.setMeta(KEY, { added }));
  if (file.size > MOST_BYTES) fail(new NotDone("refused", { message: word("tooLarge") }));
  else start();
};

// Office puts a picture of the text beside the text: then the text is meant.
const hasText = (transfer) => Boolean(transfer.getData("text/html").replace(/<[^>]*>/g, "").trim());

export const uploads = (send) => {
  const take = (view, { files }, position) => {
    for (const file of files) upload(view, file, position, send);
    return files.length > 0;
  };
  const handlePaste = (view, { clipboardData }) =>
    !hasText(clipboardData) && take(view, clipboardData, view.state.selection.to);
  const handleDrop = (view, event) => {
    const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
    const taken = take(view, event.dataTransfer, place?.pos ?? view.state.doc.content.size);
    if (taken) event.preventDefault(); // or the browser opens the file instead of this page
    return taken;
  };
  const props = { decorations: (state) => KEY.getState(state), handlePaste, handleDrop };
  return Extension.create({
    name: "uploads",
    addProseMirrorPlugins: () => [new Plugin({ key: KEY, state: underWay, props })],
  });
};

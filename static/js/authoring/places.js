// A check before publication leads to its place: #block-3 is the fourth block of the text.
export const goToPlace = (editor) => {
  const [, number] = /^#block-(\d+)$/.exec(location.hash) ?? [];
  editor.state.doc.forEach((block, offset, index) => {
    if (String(index) === number) editor.chain().focus(offset + 1, { scrollIntoView: true }).run();
  });
};

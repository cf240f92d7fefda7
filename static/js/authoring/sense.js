// What an article says, however it is written down: two texts of one sense are alike to every reader. The editor opens
// an article only if it can carry all of its sense; a copy on the device matters only if it says something else.

const INLINE = "a abbr br cite code em img kbd mark q s small span strong sub sup time u".split(" ");
const NESTING = ["q", "small", "sub", "sup"]; // twice is more than once
const TEXTBLOCK = /^(p|h[2-4]|pre|dt|summary|caption|figcaption)$/;
const WITHOUT_LINES = ["tbody", "thead"]; // which rows are the head is seen from their cells
const SAYS_NOTHING = ["colgroup", "col"];
const MEANT = "href title datetime src alt start scope colspan rowspan data-callout data-video lang dir".split(" ");
const [MARKS, BREAK, PICTURE] = ["\u0001", "\u0002", "\u0003"]; // no article holds these
const TEXT = 3;

const attributesOf = (element) => MEANT
  .map((name) => [name, element.getAttribute(name)])
  .filter(([name, value]) => value !== null && !(name.endsWith("span") && value === "1"))
  .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join("");

const areInline = (nodes) => [...nodes].every(isInline);
export const isInline = (node) =>
  node.nodeType === TEXT || (INLINE.includes(node.localName) && areInline(node.children));
const isTextblock = (element) => TEXTBLOCK.test(element.localName) && areInline(element.children);

// The marks on what stands in an element; a link to nowhere is none, and neither is a span of no language.
const isBare = (element) => (element.localName === "a" && !element.hasAttribute("href"))
  || (element.localName === "span" && !attributesOf(element));
const marked = (marks, element) => {
  const mark = element.localName + attributesOf(element);
  const isKnown = marks.includes(mark) && !NESTING.includes(element.localName);
  return isBare(element) || isKnown ? marks : [...marks, mark];
};
const nameOf = (mark) => mark.split(" ", 1)[0];
const byName = (one, other) => Number(nameOf(one) > nameOf(other)) - Number(nameOf(one) < nameOf(other));

// One line for text and what stands in it: with its marks, without the white space that nobody sees.
const lineOf = (nodes, marks, literally) => {
  let line = "", current = "", space = false;
  const add = (text, these) => {
    const key = [...these].sort(byName).join("+");
    if (space && line && !line.endsWith(BREAK)) line += " ";
    if (key !== current) line += MARKS + key + MARKS;
    line += text;
    [current, space] = [key, false];
  };
  const addText = (text, these) => {
    if (literally) return add(text, these);
    for (const [piece] of text.matchAll(/[ \t\r\n\f]+|[^ \t\r\n\f]+/g)) {
      if (/^[ \t\r\n\f]/.test(piece)) space = true;
      else add(piece, these);
    }
  };
  const walk = (node, these) => {
    if (node.nodeType === TEXT) addText(node.data, these);
    else if (node.localName === "br") { space = false; line += BREAK; }
    else if (node.localName === "img") add(PICTURE + attributesOf(node), these);
    else node.childNodes.forEach((child) => walk(child, marked(these, node)));
  };
  nodes.forEach((node) => walk(node, marks));
  return line;
};

const say = (said, name, line) => { if (line) said.push(`${name}: ${line}`); };

// The lines of what stands in an element; text that stands loose is a paragraph.
const linesIn = (parent, marks, said) => {
  let loose = [];
  const gather = () => { say(said, "p", lineOf(loose, marks)); loose = []; };
  for (const child of parent.childNodes) {
    if (isInline(child)) loose.push(child);
    else if (child.localName) { gather(); linesOf(child, marks, said); }
  }
  gather();
};

const sectionOf = (row) => {
  const ofHeaders = [...row.cells].every((cell) => cell.localName === "th");
  const section = row.parentElement.localName;
  return section === "tfoot" || (section === "thead" && !ofHeaders) ? section : "";
};

const linesOf = (element, marks, said) => {
  const [name, attributes] = [element.localName, attributesOf(element)];
  if (SAYS_NOTHING.includes(name)) return;
  if (INLINE.includes(name)) linesIn(element, marked(marks, element), said);
  else if (isTextblock(element)) say(said, name + attributes, lineOf([...element.childNodes], marks, name === "pre"));
  else if (WITHOUT_LINES.includes(name) && !attributes) linesIn(element, marks, said);
  else {
    said.push(`<${name}${attributes}${name === "tr" ? sectionOf(element) : ""}>`);
    linesIn(element, marks, said);
    said.push(`</${name}>`);
  }
};

export const sense = (html) => {
  const said = [];
  linesIn(new DOMParser().parseFromString(html, "text/html").body, [], said);
  return said.join("\n");
};

// A short stand-in for a text, to know it again.
const bare = (line) => line.replace(/\s+/g, " ").trim();
export const fingerprint = ({ title, summary, html }) => {
  let hash = 5381;
  for (const character of JSON.stringify([bare(title), bare(summary), sense(html)])) {
    hash = (hash * 33 + character.codePointAt(0)) % 2 ** 48;
  }
  return hash;
};

// Copies on this device of what was typed and not confirmed by the server yet. Each open page keeps one of its own, so
// that two tabs do not write over each other's.
const PREFIX = "stapwijs.copy.";

const parsed = (key) => {
  try { return { key, ...JSON.parse(localStorage.getItem(key)) }; } catch { return null; }
};
const keys = () => {
  try { return Object.keys(localStorage); } catch { return []; }
};

// `owner` names the text and the person who types it.
export const copiesOf = (owner) => {
  const prefix = `${PREFIX}${owner}.`;
  const mine = prefix + Math.random().toString(36).slice(2);

  // Whether it could be kept: not where the device is full, or keeps nothing at all.
  const keep = (copy, key = mine) => {
    try { localStorage.setItem(key, JSON.stringify(copy)); return true; } catch { return false; }
  };
  const drop = (key = mine) => {
    try { localStorage.removeItem(key); } catch { /* then it was never kept */ }
  };
  const setAside = (copy) => keep(copy, `${prefix}${copy.at}`);

  // Those of other visits, the newest first.
  const left = () => keys().filter((key) => key.startsWith(prefix) && key !== mine).map(parsed)
    .filter((copy) => typeof copy?.html === "string").sort((one, other) => other.at - one.at);

  return { keep, drop, setAside, left };
};

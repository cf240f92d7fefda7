// Which addresses a link may have, and what people mean by what they type.
const SCHEMES = ["http:", "https:", "mailto:", "tel:"];

// As the sanitiser judges: an allowed scheme, or none at all.
export const isAllowed = (address) => {
  const scheme = /^[\s\u0000-\u001f]*([a-z][a-z0-9+.-]*:)/i.exec(address);
  return !scheme || SCHEMES.includes(scheme[1].toLowerCase());
};

// The address that somebody means, or null: "voorbeeld.nl", "naam@voorbeeld.nl", "/themes/samen/".
export const meant = (typed) => {
  const address = typed.trim();
  if (!address || /\s/.test(address)) return null;
  if (/^[^/:?#]+@[^/:?#]+\.[^/:?#]+$/.test(address)) return `mailto:${address}`;
  if (/^[/#]/.test(address)) return address;
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address)) return isAllowed(address) ? address : null;
  return /^[^/?#]+\.[^/?#.]{2,}([/?#]|$)/.test(address) ? `https://${address}` : null;
};

// Videos, as courses/articles/videos.py knows them

const YOUTUBE = ["youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"];
const VIMEO = ["vimeo.com", "player.vimeo.com"];
const SITES = [
  { provider: "youtube", hosts: YOUTUBE, path: /^\/(?:shorts|embed|live|v)\/(?!videoseries|live_stream)([\w-]+)\/?$/ },
  { provider: "youtube", hosts: ["youtu.be"], path: /^\/([\w-]+)\/?$/ },
  { provider: "vimeo", hosts: VIMEO, path: /^\/(?:video\/|channels\/[\w-]+\/|groups\/[\w-]+\/videos\/)?(\d+)\/?$/ },
];

// "youtube:…" or "vimeo:…" for the address of a video, or null.
export const videoAt = (typed) => {
  const address = meant(typed) ?? "";
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  const { hostname, pathname, searchParams } = new URL(address);
  const host = hostname.replace(/^www\./, "");
  const site = SITES.find(({ hosts }) => hosts.includes(host));
  if (!site) return null;
  const isWatched = YOUTUBE.includes(host) && /^\/watch\/?$/.test(pathname);
  const id = isWatched ? searchParams.get("v") : site.path.exec(pathname)?.[1];
  return /^[\w-]{5,20}$/.test(id ?? "") ? `${site.provider}:${id}` : null;
};

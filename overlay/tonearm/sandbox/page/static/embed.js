// The page behind an object's player URL, and behind a playlist's.

import { button, clock, element, say } from "./dom.js";
import { HLS, Sound } from "./sound.js";

const [, api, kind, id] = location.pathname.match(/^(.*)\/embed\/(?:vod\/)?(hls|dash|playlist)\/([^/]+)$/);
const audio = document.getElementById("player");
const sound = new Sound(audio, document.getElementById("wave"));

// A browser that does not play HLS by itself gets DASH.
function load(title, media, start) {
  const dash = kind === "dash" || !audio.canPlayType(HLS);
  const address = `${api}/media/${media}/${dash ? "manifest" : "m3u8"}`;
  return sound.play(title, address, { dash, start, peaks: `/_sandbox/peaks/media/${media}` });
}

async function show() {
  const answer = await fetch(`${api}/${kind === "playlist" ? "playlists" : "media"}/${id}/player.json`);
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.message);
  const title = data.title ?? data.name;
  document.title = title;
  say("title", title);
  if (kind !== "playlist") return load(title, id, false);
  const items = data.items ?? [];
  const tracks = document.getElementById("tracks");
  tracks.hidden = !items.length;
  let place = 0;
  const begin = (number, start) => {
    place = number;
    return load(items[number].media.title, items[number].media_id, start);
  };
  tracks.replaceChildren(...items.map((item, number) => {
    const text = `${item.media.title} (${clock(item.media.duration)})`;
    return element("li", {}, button(text, `Play ${text}`, () => begin(number, true)));
  }));
  if (!items.length) return say("playing", "The playlist is empty.");
  audio.addEventListener("ended", () => place + 1 < items.length && begin(place + 1, true));
  return begin(0, false);
}

show().catch((error) => say("playing", `This cannot be played: ${error.message}`));

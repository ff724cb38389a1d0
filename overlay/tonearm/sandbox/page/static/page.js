// The console: the files of the sandbox, the latest requests, and the ordered faults.

import { button, bytes, clock, element, fill, say } from "./dom.js";
import { aim, refreshFaults, setUp } from "./faults.js";
import { HLS, Sound } from "./sound.js";

const EVERY = 1000; // milliseconds
const player = document.getElementById("player");
const sound = new Sound(player, document.getElementById("wave"));
const filter = document.getElementById("filter");
const onlyFailed = document.getElementById("only-failed");
let requests = [];
let opened = { number: 0, words: [], spans: [] };

function row(...cells) {
  return element("tr", {}, ...cells.map((cell) => (cell instanceof Node ? element("td", {}, cell) : element("td", cell))));
}

function playButton(title, address, how, options) {
  return button(how, `Play ${title} (${how})`, () => sound.play(title, address, options));
}

function serviceRow(service) {
  const keys = Object.entries(service.keys).map(([name, value]) => `${name}: ${value}`);
  return row({ text: service.name }, element("code", { text: service.url }), element("code", { text: keys.join(", ") }));
}

function mediaRow(media) {
  const { title, peaks } = media;
  const buttons = element("span");
  if (!media.is_public) buttons.append("not public");
  else {
    if (media.hls && player.canPlayType(HLS)) buttons.append(playButton(title, media.hls, "HLS", { peaks }));
    if (media.dash) buttons.append(playButton(title, media.dash, "DASH", { peaks, dash: true }));
    if (media.source) buttons.append(playButton(title, media.source, "source", { peaks }));
    if (media.player) buttons.append(element("a", { text: "page", label: `Player page of ${title}`, href: media.player }));
  }
  const renditions = element("span");
  for (const one of media.qualities ?? []) {
    const text = `${one.name} ${one.type} ${Math.round(one.bitrate / 1000)}k`;
    const plays = one.url && media.is_public && player.canPlayType(HLS);
    renditions.append(plays ? playButton(title, one.url, text, { peaks })
      : element("span", { text: `${text}: ${one.status} `, class: one.status }));
  }
  const made = row(
    { text: title, class: "wide" },
    { text: media.status, class: media.status },
    renditions,
    { text: clock(media.duration), class: "number" },
    buttons,
  );
  made.dataset.media = media.id;
  return made;
}

function itemRow(item) {
  const made = row(
    { text: item.name, class: "wide" },
    element("code", { text: item.id }),
    { text: bytes(item.size), class: "number" },
    playButton(item.name, item.url, "original", { peaks: item.peaks }),
  );
  made.dataset.item = item.id;
  return made;
}

function resultRow(result) {
  const about = [new Date(result.at * 1000).toLocaleTimeString(), result.model, result.voice].filter(Boolean).join(", ");
  const name = `${result.kind === "speech" ? "spoken file" : "transcript"} ${result.number}`;
  const made = element("li", {}, element("div", { text: about, class: "quiet" }), `${result.text}${result.more ? " …" : ""} `);
  const open = (start) => show(result, name, start);
  if (result.sound) made.append(button("play", `Play ${name}`, () => open(true)));
  made.append(button("open", `Open ${name}`, () => open(false)));
  made.dataset.result = result.number;
  return made;
}

async function show(result, name, start) {
  const whole = await (await fetch(`/_sandbox/results/${result.number}`)).json();
  const text = document.getElementById("text");
  const spans = whole.words.map(([, , word]) => element("span", { text: word }));
  text.replaceChildren(...(spans.length ? spans.flatMap((span) => [span, " "]) : [whole.text]));
  opened = { number: result.number, words: whole.words, spans };
  say("open-title", name[0].toUpperCase() + name.slice(1));
  document.getElementById("open").hidden = false;
  if (result.sound) sound.play(name, result.sound, { peaks: result.peaks, start });
}

document.getElementById("text").addEventListener("click", (event) => {
  const place = opened.spans.indexOf(event.target);
  if (place >= 0) sound.seek(opened.words[place][0]);
});

// The word that is heard is lit, while the sound of the transcript that is open plays.
player.addEventListener("timeupdate", () => {
  const plays = player.currentSrc.endsWith(`/results/${opened.number}/sound`);
  const now = player.currentTime;
  opened.spans.forEach((span, place) => {
    const [start, end] = opened.words[place];
    span.classList.toggle("lit", plays && start <= now && now < end);
  });
});

function failed(request) {
  return request.fault || request.status === null || request.status >= 400;
}

function requestRow(request) {
  const status = request.status === null ? "—" : String(request.status);
  return row(
    { text: new Date(request.at * 1000).toLocaleTimeString(), class: "quiet now" },
    button(request.method, `Break the next request like ${request.method} ${request.path}`, () => aim(request)),
    { text: request.query ? `${request.path}?${request.query}` : request.path, class: "path" },
    { text: request.fault ? `${status} (fault)` : status, class: failed(request) ? "number error" : "number ok" },
    { text: request.seconds === null ? "running" : `${Math.round(request.seconds * 1000)} ms`, class: "number" },
    { text: bytes(request.sent), class: "number" },
  );
}

// Each word of the filter has to be in a request: in its method, path or status.
function showRequests() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = requests.filter((request) => {
    const text = `${request.method} ${request.path}?${request.query} ${request.status ?? "cut"}`.toLowerCase();
    return words.every((word) => text.includes(word)) && (!onlyFailed.checked || failed(request));
  });
  const nothing = requests.length ? "No request is like that." : "Nobody has asked for anything yet.";
  fill("requests", chosen, requestRow, nothing);
  say("count", `${chosen.length} of ${requests.length}`);
}

filter.addEventListener("input", showRequests);
onlyFailed.addEventListener("change", showRequests);

async function refresh() {
  try {
    const answer = await fetch("/_sandbox/state");
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const state = await answer.json();
    const lines = state.services.flatMap((service) => Object.entries(service.environment));
    fill("services", state.services, serviceRow, "");
    say("environment", lines.map(([name, value]) => `export ${name}=${value}`).join("\n"));
    fill("media", state.media, mediaRow, "Nothing has been uploaded yet.");
    fill("library", state.library, itemRow, "The library folder holds no audio.");
    fill("spoken", state.results.filter((one) => one.kind === "speech"), resultRow, "Nothing has been spoken yet.");
    fill("heard", state.results.filter((one) => one.kind === "transcript"), resultRow, "Nothing has been transcribed yet.");
    requests = state.requests;
    showRequests();
    await refreshFaults();
    say("connection", "Connected");
  } catch (error) {
    say("connection", `The sandbox does not answer (${error.message})`);
  }
  setTimeout(refresh, EVERY);
}

// On a narrow screen one part is shown at a time: that of the address, or the first.
function turn() {
  const parts = [...document.querySelectorAll("main > section")];
  const current = parts.find((part) => `#${part.id}` === location.hash) ?? parts[0];
  for (const part of parts) part.classList.toggle("current", part === current);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${current.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

addEventListener("hashchange", turn);
turn();
setUp();
refresh();

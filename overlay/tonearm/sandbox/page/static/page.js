"use strict";

const EVERY = 2000; // milliseconds
const HLS = "application/vnd.apple.mpegurl";
const player = document.getElementById("player");
const shown = {}; // the JSON that each part of the page was last made of

// Text only ever enters the page as text: titles and file names are other people's.
function element(name, { text, label, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function row(...cells) {
  return element("tr", {}, ...cells.map((cell) => (cell instanceof Node ? element("td", {}, cell) : element("td", cell))));
}

function say(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}

async function play(title, address) {
  player.src = address;
  say("playing", `Playing: ${title}`);
  try {
    await player.play();
  } catch (error) {
    if (error.name !== "AbortError") say("playing", `${title} cannot be played: ${error.message}`);
  }
}

function playButton(title, address, how) {
  const button = element("button", { type: "button", text: how, label: `Play ${title} (${how})` });
  button.addEventListener("click", () => play(title, address));
  return button;
}

function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

function length(seconds) {
  if (!seconds) return "";
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function serviceRow(service) {
  const keys = Object.entries(service.keys).map(([name, value]) => `${name}: ${value}`);
  return row({ text: service.name }, element("code", { text: service.url }), element("code", { text: keys.join(", ") }));
}

function mediaRow(media) {
  const buttons = element("span");
  // A browser that does not play HLS by itself gets the uploaded file.
  if (!media.is_public) buttons.append("not public");
  else if (media.hls && player.canPlayType(HLS)) buttons.append(playButton(media.title, media.hls, "HLS"));
  else if (media.source) buttons.append(playButton(media.title, media.source, "source"));
  const qualities = (media.qualities || []).map((quality) => `${quality.name} ${quality.type}: ${quality.status}`);
  const made = row(
    { text: media.title },
    { text: media.status, class: media.status },
    { text: qualities.join(", ") },
    { text: length(media.duration), class: "number" },
    buttons,
  );
  made.dataset.media = media.id;
  return made;
}

function itemRow(item) {
  const made = row(
    { text: item.name },
    element("code", { text: item.id }),
    { text: bytes(item.size), class: "number" },
    playButton(item.name, item.url, "original"),
  );
  made.dataset.item = item.id;
  return made;
}

function requestRow(request) {
  const status = request.status === null ? "—" : String(request.status);
  const fine = request.status !== null && request.status < 400;
  return row(
    { text: new Date(request.at * 1000).toLocaleTimeString(), class: "quiet" },
    { text: request.method },
    { text: request.query ? `${request.path}?${request.query}` : request.path, class: "path" },
    { text: request.fault ? `${status} (fault)` : status, class: fine ? "number ok" : "number error" },
    { text: request.seconds === null ? "running" : `${Math.round(request.seconds * 1000)} ms`, class: "number" },
    { text: bytes(request.sent), class: "number" },
  );
}

// A part is made anew only when what it shows has changed: focus and selection stay where they are.
function fill(id, entries, makeRow, nothing) {
  const text = JSON.stringify(entries);
  if (shown[id] === text) return;
  shown[id] = text;
  const rows = entries.map(makeRow);
  if (!rows.length) rows.push(element("tr", {}, element("td", { text: nothing, colspan: "6", class: "quiet" })));
  const place = document.getElementById(id);
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  place.replaceChildren(...rows);
  if (focused) place.querySelector(`[aria-label=${CSS.escape(focused)}]`)?.focus();
}

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
    fill("requests", state.requests, requestRow, "Nobody has asked for anything yet.");
    say("connection", "Connected");
  } catch (error) {
    say("connection", `The sandbox does not answer (${error.message})`);
  }
  setTimeout(refresh, EVERY);
}

player.addEventListener("error", () => say("playing", `This cannot be played: ${player.error.message}`));
refresh();

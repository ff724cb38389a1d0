"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const told = JSON.parse(byId("told").textContent);
  const audio = byId("audio"), play = byId("play"), wave = byId("wave"), find = byId("find");
  const words = [...document.querySelectorAll(".w")];
  const starts = words.map((word) => Number(word.dataset.s));
  const length = () => (audio && Number.isFinite(audio.duration) ? audio.duration : told.duration) || 0;

  const clock = (ms, point) => {
    const two = (value) => String(value).padStart(2, "0");
    const whole = Math.floor(ms / 1000);
    const time = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
    return point ? `${time}${point}${String(ms % 1000).padStart(3, "0")}` : time.replace(/^00:/, "");
  };

  // The player

  let lit = null, moved = 0;
  const wordAt = (ms) => {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= ms + 5) low = middle + 1;
      else high = middle;
    }
    return words[low - 1] ?? null;
  };
  const show = () => {
    const now = audio.currentTime;
    const word = wordAt(now * 1000);
    if (word !== lit) {
      lit?.classList.remove("lit");
      word?.classList.add("lit");
      lit = word;
      if (word && Date.now() - moved > 4000 && !audio.paused) {
        const place = word.getBoundingClientRect();
        const top = document.querySelector("header").offsetHeight;
        if (place.top < top || place.bottom > innerHeight - 40) word.scrollIntoView({ block: "center" });
      }
    }
    byId("now").textContent = `${clock(Math.floor(now * 1000))} / ${clock(Math.floor(length() * 1000))}`;
    wave.setAttribute("aria-valuenow", Math.round(now));
    wave.setAttribute("aria-valuemax", Math.round(length()));
    wave.setAttribute("aria-valuetext", `${clock(Math.floor(now * 1000))} of ${clock(Math.floor(length() * 1000))}`);
    draw();
  };
  const seek = (seconds) => {
    audio.currentTime = Math.min(Math.max(0, seconds), length() || seconds);
    show();
  };
  const toggle = () => (audio.paused ? audio.play().catch(() => {}) : audio.pause());
  const turn = () => {
    show();
    if (!audio.paused) requestAnimationFrame(turn);
  };

  const draw = () => {
    const canvas = wave.firstElementChild, scale = devicePixelRatio || 1;
    const wide = Math.round(wave.clientWidth * scale), high = Math.round(wave.clientHeight * scale);
    if (canvas.width !== wide || canvas.height !== high) { canvas.width = wide; canvas.height = high; }
    const pen = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name);
    const whole = length() || 1, now = (audio.currentTime / whole) * wide;
    pen.clearRect(0, 0, wide, high);
    pen.fillStyle = colour("--doubt");
    for (const [start, end] of told.marked) pen.fillRect((start / 1000 / whole) * wide, 0, ((end - start) / 1000 / whole) * wide, high);
    const step = 3 * scale;
    for (let x = 0; x < wide; x += step) {
      const first = Math.floor((x / wide) * told.peaks.length);
      const last = Math.max(first + 1, Math.floor(((x + step) / wide) * told.peaks.length));
      const peak = told.peaks.length ? Math.max(...told.peaks.slice(first, last)) / 255 : 0.03;
      const tall = Math.max(scale * 2, peak * high);
      pen.fillStyle = colour(x < now ? "--accent" : "--wave");
      pen.fillRect(x, (high - tall) / 2, 2 * scale, tall);
    }
  };

  if (audio) {
    document.body.classList.add("playable");
    for (const name of ["seeked", "loadedmetadata", "timeupdate"]) audio.addEventListener(name, show);
    audio.addEventListener("play", () => { play.textContent = "Pause"; turn(); });
    audio.addEventListener("pause", () => { play.textContent = "Play"; });
    audio.addEventListener("error", () => { byId("now").textContent = "the audio cannot be played"; });
    play.addEventListener("click", toggle);
    byId("speed").addEventListener("change", (event) => { audio.playbackRate = Number(event.target.value); });
    const drag = (event) => seek(((event.clientX - wave.getBoundingClientRect().left) / wave.clientWidth) * length());
    wave.addEventListener("pointerdown", (event) => { wave.setPointerCapture(event.pointerId); drag(event); });
    wave.addEventListener("pointermove", (event) => { if (event.buttons) drag(event); });
    addEventListener("resize", draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { moved = Date.now(); }, { passive: true });
    byId("lines").addEventListener("click", (event) => {
      const place = event.target.closest("[data-s]");
      if (place && getSelection().isCollapsed) seek(Number(place.dataset.s) / 1000);
    });
    show();
  }

  const keys = {
    " ": toggle, k: toggle,
    j: () => seek(audio.currentTime - 10), l: () => seek(audio.currentTime + 10),
    ArrowLeft: () => seek(audio.currentTime - 5), ArrowRight: () => seek(audio.currentTime + 5),
    Home: () => seek(0), End: () => seek(length()),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input, select, textarea");
    if (event.key === "/" && !field) { event.preventDefault(); find.focus(); return; }
    if (event.key === "Escape" && field) field.blur();
    if (!audio || field || (event.key === " " && event.target.closest("button"))) return;
    if (["Home", "End"].includes(event.key) && event.target !== wave) return;
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });

  // Search

  let hits = [], hit = -1;
  const places = (section, wanted) => {
    const nodes = [], found = [];
    const walk = document.createTreeWalker(section.querySelector(".said"), NodeFilter.SHOW_TEXT);
    let text = "";
    while (walk.nextNode()) { nodes.push([text.length, walk.currentNode]); text += walk.currentNode.data; }
    const plain = text.toLowerCase();
    if (plain.length !== text.length) return plain.includes(wanted) ? [null] : [];
    for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      const set = (place, how) => {
        const [first, node] = nodes.findLast(([start]) => start <= place);
        range[how](node, Math.min(place - first, node.data.length));
      };
      set(at, "setStart");
      set(at + wanted.length - 1, "setEnd");
      range.setEnd(range.endContainer, Math.min(range.endOffset + 1, range.endContainer.data.length));
      found.push(range);
    }
    return found;
  };
  const search = () => {
    const wanted = find.value.trim().toLowerCase();
    const ranges = [];
    hits = [];
    hit = -1;
    for (const section of document.querySelectorAll("section")) {
      const found = wanted ? places(section, wanted) : [];
      section.classList.toggle("hit", found.length > 0);
      for (const range of found) { hits.push(section); if (range) ranges.push(range); }
    }
    if (globalThis.Highlight) CSS.highlights.set("hits", new Highlight(...ranges));
    byId("found").textContent = wanted ? `${hits.length} found` : "";
  };
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !hits.length) return;
    hit = (hit + (event.shiftKey ? -1 : 1) + hits.length) % hits.length;
    hits[hit].scrollIntoView({ block: "center" });
    byId("found").textContent = `${hit + 1} of ${hits.length}`;
  });

  // Saving what is selected, or all

  const chosen = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0), inside = words.filter((word) => range.intersectsNode(word));
    if (!inside.length) return null;
    return { text: selection.toString(), start: Number(inside[0].dataset.s), end: Number(inside.at(-1).dataset.e) };
  };
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const written = (form) => {
    const part = chosen();
    if (form === "txt") return `${(part ? part.text : told.text).trim()}\n`;
    const rows = told[form].filter(([start, end]) => !part || (start < part.end && end > part.start));
    if (form === "srt") {
      return rows.map(([start, end, text], place) =>
        `${place + 1}\n${clock(start, ",")} --> ${clock(end, ",")}\n${text.replace(/-{2,}>/g, "->")}\n\n`).join("");
    }
    const voice = (who) => (who ? `<v ${escaped(who)}>` : "");
    return "WEBVTT\n\n" + rows.map(([start, end, text, who]) =>
      `${clock(start, ".")} --> ${clock(end, ".")}\n${voice(who)}${escaped(text)}\n\n`).join("");
  };
  byId("save").addEventListener("click", () => {
    const form = byId("form").value, link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written(form)], { type: "text/plain;charset=utf-8" }));
    link.download = `${told.name}.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  globalThis.tonearm = { written };
})();

// The player: an audio element, what it plays, and the waveform of that to see and to seek in.

import { clock, element, say } from "./dom.js";
import { playDash } from "./dash.js";

export const HLS = "application/vnd.apple.mpegurl";

export class Sound {
  constructor(audio, place) {
    this.audio = audio;
    this.peaks = [];
    this.title = "";
    this.turn = 0;
    this.canvas = element("canvas");
    this.slider = element("div", { role: "slider", tabindex: "0", label: "Position", "aria-valuemin": "0" }, this.canvas);
    place.replaceChildren(this.slider);
    for (const event of ["timeupdate", "seeked", "durationchange", "emptied"]) {
      audio.addEventListener(event, () => this.draw());
    }
    audio.addEventListener("error", () => {
      if (audio.getAttribute("src")) this.failed(audio.error.message || "the browser does not know its format");
    });
    this.slider.addEventListener("pointerdown", (event) => this.seekTo(event));
    this.slider.addEventListener("pointermove", (event) => event.buttons === 1 && this.seekTo(event));
    this.slider.addEventListener("keydown", (event) => this.press(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.slider);
    this.draw();
  }

  // Play an address; `dash` says that it is a manifest, `peaks` where the waveform comes from.
  async play(title, address, { dash = false, peaks = "", start = true } = {}) {
    const turn = (this.turn += 1);
    this.title = title;
    this.peaks = [];
    say("playing", `Playing: ${title}`);
    this.leave?.();
    this.leave = null;
    if (dash) {
      this.leave = playDash(this.audio, address, (message) => turn === this.turn && this.failed(message));
    } else {
      this.audio.src = address;
    }
    this.draw();
    if (peaks) this.fetchPeaks(peaks, turn);
    if (!start) return;
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name !== "AbortError" && turn === this.turn) this.failed(error.message);
    }
  }

  failed(message) {
    say("playing", `${this.title} cannot be played: ${message}`);
  }

  async fetchPeaks(address, turn) {
    try {
      const answer = await fetch(address);
      const peaks = answer.ok ? (await answer.json()).peaks : [];
      if (turn === this.turn) this.peaks = peaks;
    } catch {
      // A waveform that cannot be had is missing, and the sound plays all the same.
    }
    this.draw();
  }

  get length() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : 0;
  }

  seek(seconds) {
    this.audio.currentTime = Math.min(Math.max(0, seconds), this.length);
  }

  seekTo(event) {
    const box = this.slider.getBoundingClientRect();
    if (this.length) this.seek(((event.clientX - box.left) / box.width) * this.length);
  }

  press(event) {
    const steps = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 };
    const whole = { Home: 0, End: this.length };
    if (event.key in steps) this.seek(this.audio.currentTime + steps[event.key]);
    else if (event.key in whole) this.seek(whole[event.key]);
    else if (event.key === " ") this.audio.paused ? this.audio.play() : this.audio.pause();
    else return;
    event.preventDefault();
  }

  draw() {
    const now = this.audio.currentTime || 0;
    this.slider.setAttribute("aria-valuemax", String(Math.round(this.length)));
    this.slider.setAttribute("aria-valuenow", String(Math.round(now)));
    this.slider.setAttribute("aria-valuetext", `${clock(now)} of ${clock(this.length)}`);
    const scale = devicePixelRatio || 1;
    const [width, height] = [this.slider.clientWidth * scale, this.slider.clientHeight * scale].map(Math.round);
    if (!width || !height) return;
    Object.assign(this.canvas, { width, height });
    const colours = getComputedStyle(this.slider);
    const pen = this.canvas.getContext("2d");
    const heard = this.length ? now / this.length : 0;
    const columns = Math.max(1, Math.floor(width / (3 * scale)));
    for (let column = 0; column < columns; column += 1) {
      const from = Math.floor((column * this.peaks.length) / columns);
      const to = Math.max(from + 1, Math.floor(((column + 1) * this.peaks.length) / columns));
      const peak = Math.max(0, ...this.peaks.slice(from, to)) / 255;
      const tall = Math.max(scale, peak * height);
      pen.fillStyle = column / columns < heard ? colours.color : colours.borderTopColor;
      pen.fillRect(column * 3 * scale, (height - tall) / 2, 2 * scale, tall);
    }
  }
}

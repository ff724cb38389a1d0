// Enough of DASH for the sandbox's manifests: one audio representation, segments by number, a browser's own decoder.

export function playDash(audio, address, failed) {
  const left = new AbortController();
  const source = new MediaSource();
  const object = URL.createObjectURL(source);
  audio.src = object;
  source.addEventListener("sourceopen", () => feed(source, address, left.signal).catch((error) => {
    if (!left.signal.aborted) failed(error.message);
  }), { once: true });
  return () => {
    left.abort();
    URL.revokeObjectURL(object);
  };
}

async function feed(source, address, signal) {
  const manifest = new DOMParser().parseFromString(await (await got(address, signal)).text(), "text/xml");
  const track = manifest.querySelector("Representation");
  if (!track) throw new Error("the manifest names nothing to play");
  const attribute = (name) => track.getAttribute(name) ?? track.parentElement.getAttribute(name);
  const buffer = source.addSourceBuffer(`${attribute("mimeType")}; codecs="${attribute("codecs")}"`);
  for (const url of segments(track, address)) {
    await append(buffer, await (await got(url, signal)).arrayBuffer());
    signal.throwIfAborted();
  }
  source.endOfStream();
}

function segments(track, address) {
  const base = new URL(track.querySelector("BaseURL").textContent, new URL(address, location.href));
  const template = track.querySelector("SegmentTemplate");
  const steps = [...template.querySelectorAll("S")].map((step) => Number(step.getAttribute("r") ?? 0) + 1);
  const count = steps.reduce((all, step) => all + step, 0);
  const names = Array.from({ length: count }, (_, number) =>
    template.getAttribute("media").replace(/\$Number(?:%0(\d+)d)?\$/, (_, width) => String(number + 1).padStart(width ?? 1, "0")));
  return [template.getAttribute("initialization"), ...names].map((name) => new URL(name, base));
}

async function got(url, signal) {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer;
}

function append(buffer, block) {
  return new Promise((go, fail) => {
    buffer.addEventListener("updateend", go, { once: true });
    buffer.addEventListener("error", () => fail(new Error("a segment cannot be decoded")), { once: true });
    buffer.appendBuffer(block);
  });
}

// Making parts of a page. Text only ever enters it as text: titles and file names are other people's.

export function element(name, { text, label, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(text, label, act) {
  const made = element("button", { type: "button", text, label });
  made.addEventListener("click", act);
  return made;
}

export function say(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}

const shown = {}; // the JSON that each part of the page was last made of

// A part is made anew only when what it shows has changed: focus and selection stay where they are.
export function fill(id, entries, make, nothing) {
  const text = JSON.stringify(entries);
  if (shown[id] === text) return;
  shown[id] = text;
  const place = document.getElementById(id);
  const name = place.tagName === "TBODY" ? "tr" : "li";
  const rows = entries.map(make);
  if (!rows.length) {
    const cell = name === "tr" ? [element("td", { text: nothing, colspan: "6", class: "quiet" })] : [nothing];
    rows.push(element(name, { class: "quiet" }, ...cell));
  }
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  place.replaceChildren(...rows);
  if (focused) place.querySelector(`[aria-label=${CSS.escape(focused)}]`)?.focus();
}

export function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

export function clock(seconds) {
  const whole = Math.floor(seconds || 0);
  const rest = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return whole < 3600 ? rest.replace(/^0/, "") : `${Math.floor(whole / 3600)}:${rest}`;
}

// Faults to order: one click on what shall go wrong, for the method and the path above.

import { button, element, fill, say } from "./dom.js";

const CONTROL = "/_sandbox";
const MANY = { "Retry-After": "1" };

const KINDS = {
  "Status 500": { status: 500, body: "the sandbox was told to fail" },
  "Status 503, retry after 1 s": { status: 503, headers: MANY },
  "Status 429, retry after 1 s": { status: 429, headers: MANY },
  "Status 401": { status: 401 },
  "A web page instead": { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Log in</h1>" },
  "Refuse before the upload": { status: 413, read_request: false },
  "Cut the request": { drop_request: 0 },
  "Cut before the answer": { drop_headers: true },
  "Cut the answer at 1 kB": { drop_response: 1000 },
  "Answer after 5 s": { delay: 5 },
  "Stall 10 s at 1 kB": { stall_after: 1000, stall: 10 },
  "Slow: 1 kB each 0.2 s": { drip: 1000, drip_every: 0.2 },
  "Wrong length": { content_length: 10 },
  "Restart the server": { drop_headers: true, restart: 2 },
};

const ORDERS = {
  "Clear the faults": ["DELETE", "/faults"],
  "Hold transcodes": ["POST", "/aioz/hold"],
  "Release transcodes": ["POST", "/aioz/release"],
  "Fail the next rendition": ["POST", "/aioz/fail_next"],
};

const field = (name) => document.getElementById(`fault-${name}`);

async function send(method, path, body) {
  const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${CONTROL}${path}`, options);
  if (!answer.ok) throw new Error((await answer.json()).error);
}

async function tell(what, act) {
  try {
    await act();
    say("ordered", what);
    await refreshFaults();
  } catch (error) {
    say("ordered", `That is not possible: ${error.message}`);
  }
}

function order(name) {
  const times = Number(field("times").value) || 1;
  const path = field("path").value || "*";
  const method = field("method").value || null;
  const fault = { ...KINDS[name], method, path, times };
  const which = `the next ${times > 1 ? `${times} requests` : "request"} ${method ?? ""} ${path}`;
  return tell(`Ordered for ${which}: ${name}`, () => send("POST", "/faults", fault));
}

// What a request was, so that the next one like it can be broken.
export function aim(request) {
  field("method").value = [...field("method").options].some((one) => one.value === request.method) ? request.method : "";
  field("path").value = request.path.replace(/[[*?]/g, "[$&]");
  say("ordered", "Choose what goes wrong with the next such request.");
  location.hash = "#trouble";
  document.querySelector("#kinds button").focus();
}

const COUNTED = ["method", "path", "skip", "every", "times", "hits", "strikes", "body_bytes", "read_request"];
const SECONDS = ["delay", "stall", "drip_every"];

function effects(fault) {
  const unset = ([name, value]) => value === null || value === false || (value === 0 && SECONDS.includes(name));
  const parts = Object.entries(fault).filter((entry) => !COUNTED.includes(entry[0]) && !unset(entry) && String(entry[1]));
  return parts.map(([name, value]) => [name.replaceAll("_", " "), ...[value].flat(2)].join(" ").replace(/ true$/, "")).join(", ");
}

function faultRow(fault) {
  const hits = `${fault.hits} of ${fault.times ?? "all"} hit`;
  return element("li", {}, element("code", { text: `${fault.method ?? "any"} ${fault.path}` }),
    `: ${effects(fault)} `, element("span", { text: hits, class: "quiet" }));
}

export async function refreshFaults() {
  const answer = await fetch(`${CONTROL}/faults`);
  fill("faults", await answer.json(), faultRow, "Nothing is on order.");
}

export function setUp() {
  document.getElementById("order").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("kinds").replaceChildren(
    ...Object.keys(KINDS).map((name) => button(name, `Order: ${name}`, () => order(name))));
  document.getElementById("orders").replaceChildren(
    ...Object.entries(ORDERS).map(([name, [method, path]]) => button(name, "", () => tell(`${name}: done`, () => send(method, path)))));
}

// What the reader has chosen. All of it stands in the address after "#", so that a link shows the same view.

const DEFAULTS = {
  lang: "", tab: "map", side: "findings", layout: "bands", finding: "", node: "", relation: "",
  from: "", to: "", depth: "", step: "", table: "findings", sort: "", folded: "", opened: "",
  kinds: "", types: "", dimensions: "", statuses: "", severities: "",
};
const SETS = ["folded", "opened", "kinds", "types", "dimensions", "statuses", "severities"]; // what is hidden, or folded
const state = { ...DEFAULTS };
const sets = Object.fromEntries(SETS.map((name) => [name, new Set()]));
const listeners = [];

function readHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(DEFAULTS)) state[name] = given.get(name) ?? starting(name);
  for (const name of SETS) sets[name] = new Set(state[name] ? state[name].split("~") : []);
}

function starting(name) {
  return location.hash.length > 1 ? DEFAULTS[name] : data.opening?.[name] ?? DEFAULTS[name];
}

function hashOf() {
  const given = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS)) {
    const value = SETS.includes(name) ? [...sets[name]].sort().join("~") : state[name];
    if (value !== DEFAULTS[name]) given.set(name, value);
  }
  return given.toString();
}

// Change the state and draw what depends on it. The address follows; it is not a step of the browser's history.
function change(changes) {
  Object.assign(state, changes);
  const hash = hashOf();
  if (location.hash.slice(1) !== hash) history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]);
  for (const listener of listeners) listener(Object.keys(changes));
}

function toggle(name, value, hidden) {
  if (hidden) sets[name].add(value); else sets[name].delete(value);
  change({ [name]: [...sets[name]].sort().join("~") });
}

// What stands for what: a folded level stands as one box a place; on a large map a superior stands for all below it.

const large = Boolean(data.tree);
const GROUP_WIDTH = 150;
let stand = nodes.map((_, index) => index); // node → what is drawn for it
let groups = new Map(); // id of a group → {members, lines, w, h, level}
let spots = new Map(); // what is drawn → [x, y]
let members = new Map(); // what is drawn for others too → those others

const children = nodes.map(() => []);
const roots = [];
if (large) data.tree.parents.forEach((parent, index) => (parent === null ? roots : children[parent]).push(index));
const opening = new Set(data.tree?.opened ?? []);
const isOpen = (index) => opening.has(index) !== sets.opened.has(nodes[index].id);

function regroup() {
  groups = new Map();
  members = new Map();
  if (large) standInTree(); else standInLevels();
  for (const [index, drawn] of stand.entries()) {
    if (drawn !== index && shownNodes[index]) (members.get(drawn) ?? members.set(drawn, []).get(drawn)).push(index);
  }
  spots = large ? flow() : fixedSpots();
}

function standInTree() {
  const below = (index, drawn) => {
    stand[index] = drawn;
    const next = drawn === index && isOpen(index);
    for (const child of children[index]) below(child, next ? child : drawn);
  };
  const bundled = new Map();
  for (const bundle of data.tree.bundles ?? []) {
    const id = `#${bundle.name}`;
    if (sets.opened.has(id)) continue;
    for (const index of bundle.members) bundled.set(index, id);
    const inside = bundle.members.filter((index) => shownNodes[index]);
    groups.set(id, { id, members: inside, lines: [bundle.name, say("items", inside.length)], w: GROUP_WIDTH, h: 46, level: "" });
  }
  for (const root of roots) below(root, bundled.get(root) ?? root);
}

function standInLevels() {
  nodes.forEach((node, index) => {
    const level = data.levels[index];
    if (level === null || !sets.folded.has(level)) { stand[index] = index; return; }
    const id = `${level}|${data.places[index]}`;
    stand[index] = id;
    if (!groups.has(id)) groups.set(id, { id, level, place: data.places[index], members: [] });
    if (shownNodes[index]) groups.get(id).members.push(index);
  });
  for (const group of groups.values()) {
    Object.assign(group, { lines: [clip(group.place || say("band_loose"), 9), say("items", group.members.length)], w: GROUP_WIDTH, h: 46 });
  }
}

function fixedSpots() {
  const places = positionsOf();
  const result = new Map();
  nodes.forEach((_, index) => { if (stand[index] === index) result.set(index, places[index]); });
  for (const group of groups.values()) {
    if (!group.members.length) continue;
    const [left, top, right, bottom] = boundsOf(group.members.map((index) => [places[index], drawnNodes[index]]));
    result.set(group.id, [(left + right) / 2, (top + bottom) / 2]);
  }
  return result;
}

// Rows by level; in a row what belongs together stays together; as wide as the screen's shape asks for.
function flow() {
  const visible = [...nodes.keys()].filter((index) => stand[index] === index && shownNodes[index]);
  visible.push(...[...groups.values()].filter((group) => group.members.length).map((group) => group.id));
  const first = (drawn) => (typeof drawn === "string" ? groups.get(drawn).members[0] : drawn);
  const rank = (drawn) => data.tree.ranks[first(drawn)];
  const order = (drawn) => data.tree.order[first(drawn)];
  visible.sort((a, b) => rank(a) - rank(b) || order(a) - order(b));
  const area = visible.reduce((sum, drawn) => sum + (widthOf(drawn) + 14) * (heightOf(drawn) + 12), 0);
  const width = Math.max(600, Math.sqrt(area * 2.2));
  const result = new Map();
  let [x, y, high, row] = [0, 0, 0, null];
  flowFrames = [];
  let top = -10;
  const close = (bottom) => { if (row !== null) flowFrames.push(["band", data.tree.rankNames[row] ?? "", -44, top, width + 90, bottom - top]); };
  for (const index of visible) {
    const h = heightOf(index);
    const w = widthOf(index);
    if (rank(index) !== row) {
      if (row !== null) { y += high + 26; close(y - 12); top = y - 12; }
      [x, high, row] = [0, 0, rank(index)];
    } else if (x + w > width) { y += high + 12; x = 0; high = 0; }
    result.set(index, [x + w / 2, y + h / 2]);
    x += w + 14;
    high = Math.max(high, h);
  }
  close(y + high + 12);
  return result;
}
let flowFrames = [];

const widthOf = (drawn) => (typeof drawn === "string" ? groups.get(drawn).w : drawnNodes[drawn].w + (members.has(drawn) || (large && children[drawn].length) ? 34 : 0));
const heightOf = (drawn) => (typeof drawn === "string" ? groups.get(drawn).h : drawnNodes[drawn].h);

function boundsOf(list) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [[x, y], { w, h }] of list) {
    left = Math.min(left, x - w / 2); right = Math.max(right, x + w / 2);
    top = Math.min(top, y - h / 2); bottom = Math.max(bottom, y + h / 2);
  }
  return [left, top, right, bottom];
}

// Open what hides these nodes, so that they are seen themselves.
function reveal(list) {
  if (!large) return false;
  let opened = false;
  for (const index of list) {
    if (typeof stand[index] === "string") { sets.opened.add(stand[index]); opened = true; }
    for (let above = data.tree.parents[index]; above !== null; above = data.tree.parents[above]) {
      if (!isOpen(above)) {
        opened = true;
        const { id } = nodes[above];
        if (sets.opened.has(id)) sets.opened.delete(id); else sets.opened.add(id);
      }
    }
  }
  return opened;
}

function unfold(drawn) {
  if (large && typeof drawn === "string") toggle("opened", drawn, true);
  else if (typeof drawn === "string") toggle("folded", groups.get(drawn).level, false);
  else if (large && children[drawn].length) toggle("opened", nodes[drawn].id, !sets.opened.has(nodes[drawn].id));
}

function showLevels() {
  if (large) {
    $("levels").replaceChildren(make("span", { class: "quiet" }, say("large")),
      sets.opened.size ? make("button", { onclick: () => { sets.opened.clear(); change({ opened: "" }); } }, say("close_all")) : "");
    return;
  }
  const present = Object.keys(terms.terms.levels).filter((level) => data.levels.includes(level));
  $("levels").replaceChildren(...present.map((level) => make("button", {
    "aria-pressed": String(sets.folded.has(level)), "data-level": level, title: say("collapse", term("levels", level)),
    "aria-label": say("collapse", term("levels", level)),
    onclick: () => toggle("folded", level, !sets.folded.has(level)),
  }, term("levels", level))));
}

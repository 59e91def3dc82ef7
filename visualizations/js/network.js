// The map itself: vis-network draws what the filters leave and what is lit.

const drawnNodes = picture.nodes.map((node) => ({ ...node, lines: String(node.label).split("\n") }));
const drawnEdges = picture.edges;
let network = null;
let nodeSet = null;
let edgeSet = null;
let light = null; // {nodes: Set, relations: Set}, or null where nothing is lit
let litDrawn = new Set();
let bundles = new Map(); // id of a drawn edge that stands for several relations → those relations
const moods = new Map(); // drawn edge → how it was last drawn
const shownNodes = nodes.map(() => true);
const shownEdges = relations.map(() => true);
const within = new Set(data.within); // said already by standing in one card
const [WITHIN, SOFT, DIM] = [0.1, 0.5, 0.05];
const MOST_NAMED = 14; // with more lit relations their names would cover each other

const positionsOf = () => (data.layouts[state.layout] ?? data.layouts.bands).positions;
const framesOf = () => (large ? flowFrames : (data.layouts[state.layout] ?? data.layouts.bands).frames);

function passes(index) {
  const node = nodes[index];
  return !sets.kinds.has(`${node.family}/${node.kind}`) && !sets.statuses.has(statusOf(node));
}

function passesRelation(index) {
  const relation = relations[index];
  return shownNodes[relation.from] && shownNodes[relation.to] && !sets.types.has(relation.type)
    && !sets.statuses.has(statusOf(relation)) && !sets.dimensions.has(relation.dimension ?? "-");
}

const passesFinding = (finding) => !sets.severities.has(grade(finding))
  && (!finding.subjects?.length || finding.subjects.some((node) => shownNodes[node]));

function applyFilters() {
  nodes.forEach((_, index) => { shownNodes[index] = passes(index); });
  relations.forEach((_, index) => { shownEdges[index] = passesRelation(index); });
}

function edgeLabel(index, lit) {
  const relation = relations[index];
  const properties = relation.properties ?? {};
  const status = statusOf(relation);
  const parts = lit ? [typeWord(relation)] : [];
  if (lit && relation.dimension && relation.dimension !== relation.type) parts.push(term("dimensions", relation.dimension));
  if (lit && status !== "现行") parts.push(term("statuses", status));
  if (properties.amount !== undefined) parts.push(say("unit", properties.amount));
  if (properties.number > 1) parts.push(`×${properties.number}`);
  return (terms.terms.statuses[status].line === "broken" ? "✕ " : "") + parts.join(" ");
}

const edgeMood = (index) => (light ? (light.relations.has(index) ? "lit" : "dim")
  : within.has(index) && state.layout === "bands" ? "within" : "plain");
const OPACITY = { lit: 1, dim: DIM, within: WITHIN, plain: SOFT };

function edgeView(index) {
  const edge = drawnEdges[index];
  const mood = edgeMood(index);
  const named = mood === "lit" && light.relations.size <= MOST_NAMED;
  return lined(edge, mood, mood === "dim" ? "" : edgeLabel(index, named), edge.width + (mood === "lit" ? 1.4 : 0));
}

function lined(edge, mood, label, width) {
  const { color } = edge;
  return {
    ...edge, width,
    color: { color, hover: color, highlight: color, opacity: OPACITY[mood] },
    label: label || " ", // vis-network keeps the old label where the new one is empty
    font: { size: 12, face: FONT, color, strokeWidth: 4, strokeColor: "#ffffff", vadjust: 0 },
  };
}

function bundleView(id) {
  const list = bundles.get(id);
  const lit = light && list.some((index) => light.relations.has(index));
  const first = drawnEdges[list[0]];
  const edge = { id, from: stand[relations[list[0]].from], to: stand[relations[list[0]].to], color: first.color, arrows: first.arrows, smooth: false };
  return lined(edge, light ? (lit ? "lit" : "dim") : "plain", list.length > 1 && (!large || lit) ? `×${list.length}` : "", Math.min(3, 1 + 0.4 * Math.log2(list.length)));
}

function nodeView(drawn) {
  const [x, y] = spots.get(drawn);
  return { id: drawn, x, y, label: " ", shape: "custom", ctxRenderer: renderNode };
}

function moodOf(drawn) {
  if (state.node && byId.get(state.node) === drawn) return "chosen";
  if (!light) return "plain";
  return litDrawn.has(drawn) ? "lit" : "dim";
}

function lookOf(drawn, x, y) {
  if (typeof drawn === "string") return groupLook(groups.get(drawn), x, y);
  const look = looks(drawn, nodes[drawn], { ...drawnNodes[drawn], w: widthOf(drawn) }, x, y);
  if (large && children[drawn].length) look.more = isOpen(drawn) ? "−" : `+${(members.get(drawn) ?? []).length}`;
  return look;
}

function renderNode({ ctx, id, x, y }) {
  return {
    drawNode() { paint(ctx, lookOf(id, x, y), moodOf(id), network.getScale() > 0.28); },
    nodeDimensions: { width: widthOf(id), height: heightOf(id) },
  };
}

// Everything that is drawn, anew: after a filter, a fold, another layout.
function rebuild() {
  edgeSet.clear(); // first: what is drawn must still be known while it goes
  nodeSet.clear();
  applyFilters();
  regroup();
  bundles = new Map();
  const edges = [];
  moods.clear();
  relations.forEach((relation, index) => {
    if (!shownEdges[index]) return;
    const [a, b] = [stand[relation.from], stand[relation.to]];
    if (a === relation.from && b === relation.to) { edges.push(edgeView(index)); moods.set(index, edgeMood(index)); return; }
    if (a === b) return;
    const id = `${a}>${b}`;
    (bundles.get(id) ?? bundles.set(id, []).get(id)).push(index);
  });
  for (const id of bundles.keys()) edges.push(bundleView(id));
  const drawn = [...spots.keys()].filter((id) => typeof id === "string" || shownNodes[id]).map(nodeView);
  nodeSet.add(drawn);
  edgeSet.add(edges);
}

function relight() {
  const changed = [];
  for (const [index, before] of moods) {
    const mood = edgeMood(index);
    if (mood !== before || mood === "lit") { moods.set(index, mood); changed.push(edgeView(index)); }
  }
  for (const id of bundles.keys()) changed.push(bundleView(id));
  if (changed.length) edgeSet.update(changed);
  network.redraw();
}

function startNetwork() {
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  light = null;
  rebuild();
  network = new vis.Network($("canvas"), { nodes: nodeSet, edges: edgeSet }, picture.options);
  network.on("beforeDrawing", (ctx) => paintFrames(ctx, framesOf(), network.getScale()));
  network.on("click", ({ nodes: [drawn], edges: [edge] }) => {
    if (typeof drawn === "number") choose(drawn);
    else if (drawn === undefined && typeof edge === "number") change({ ...CLEARED, relation: relations[edge].id });
    else if (drawn === undefined && edge === undefined && hashOf() !== "") change(CLEARED);
  });
  network.on("doubleClick", ({ nodes: [drawn] }) => { if (drawn !== undefined) unfold(drawn); });
}

const CLEARED = { finding: "", node: "", relation: "", from: "", to: "", depth: "", step: "" };

function choose(node) {
  const { id } = nodes[node];
  if (state.from && !state.to && state.from !== id) change({ node: id, relation: "", to: id });
  else change({ node: id, relation: "" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Show a rectangle of the map whole, with some air around it.
function showArea([left, top, right, bottom], largest, animate) {
  const { clientWidth: width, clientHeight } = $("canvas");
  const told = state.step === "" ? 0 : 150; // the story covers the lower part
  const height = clientHeight - told;
  if (!width || height <= 0) return;
  const scale = Math.min((width - 16) / Math.max(1, right - left), (height - 12) / Math.max(1, bottom - top), largest);
  const moved = { position: { x: (left + right) / 2, y: (top + bottom) / 2 + told / 2 / scale }, scale };
  network.moveTo(animate && !calm() ? { ...moved, animation: { duration: 350, easingFunction: "easeInOutQuad" } } : moved);
}

const sized = (drawn) => [spots.get(drawn), { w: widthOf(drawn), h: heightOf(drawn) }];
const frameBox = ([, , left, top, w, h]) => [[left + w / 2, top + h / 2], { w, h }];

function wholeArea() {
  return boundsOf([...[...spots.keys()].map(sized), ...framesOf().filter(([role]) => role === "band").map(frameBox)]);
}

function showAll(animate = true) {
  if (spots.size) showArea(wholeArea(), 1.4, animate);
}

function showNodes(chosen, animate = true) {
  const list = [...new Set([...chosen].map((index) => stand[index]))].filter((drawn) => spots.has(drawn));
  if (!list.length) return;
  const [left, top, right, bottom] = boundsOf(list.map(sized));
  showArea([left - 60, top - 50, right + 60, bottom + 50], 1.25, animate);
}

// What is lit: a path, else a step of the tour, a finding, a relation, a node with its neighbours.
function lighting() {
  if (state.from && state.to) return pathLight();
  if (state.step !== "" && data.tour?.[Number(state.step)]) return stepLight();
  if (byFingerprint.has(state.finding)) return findingLight(findings[byFingerprint.get(state.finding)]);
  if (relationById.has(state.relation)) {
    const index = relationById.get(state.relation);
    return { nodes: new Set([relations[index].from, relations[index].to]), relations: new Set([index]) };
  }
  if (byId.has(state.node)) return around(byId.get(state.node), Number(state.depth) || 1);
  return null;
}

function findingLight(finding) {
  return { nodes: new Set(finding.nodes), relations: new Set(finding.relations ?? []) };
}

function around(start, depth) {
  const lit = new Set([start]);
  const lines = new Set();
  let edge = [start];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const node of edge) {
      for (const index of touching[node]) {
        if (!shownEdges[index]) continue;
        lines.add(index);
        const other = relations[index].from === node ? relations[index].to : relations[index].from;
        if (!lit.has(other)) { lit.add(other); next.push(other); }
      }
    }
    edge = next;
  }
  return { nodes: lit, relations: lines };
}

const REBUILDS = ["kinds", "types", "dimensions", "statuses", "severities", "folded", "opened", "layout", "lang"];

function refreshNetwork(changed) {
  const before = light;
  applyFilters();
  light = lighting();
  litDrawn = new Set();
  const target = ["finding", "step", "to", "relation"].some((name) => changed.includes(name));
  const opened = light && (target || changed.includes("node")) && reveal(target ? light.nodes : [byId.get(state.node)]);
  const anew = opened || changed.some((name) => REBUILDS.includes(name));
  if (anew) rebuild();
  if (light) litDrawn = new Set([...light.nodes].map((index) => stand[index]));
  relight();
  $("clear").hidden = !light;
  describeCanvas();
  if (anew && (large || changed.includes("layout")) && !light) showAll(false);
  if (light && (target || (changed.includes("node") && !inView(state.node)))) showNodes(light.nodes);
  else if (!light && before && changed.includes("finding") && changed.includes("step")) showAll();
}

// Say in words what the canvas shows, for those who do not see it.
function describeCanvas() {
  const canvas = $("canvas");
  const drawn = [...spots.keys()].filter((id) => typeof id === "string" || shownNodes[id]).length;
  const lit = [...litDrawn].filter((id) => spots.has(id)).map((id) => (typeof id === "string" ? groups.get(id).lines[0] : nodes[id].name));
  canvas.dataset.nodes = drawn;
  canvas.dataset.relations = shownEdges.filter(Boolean).length;
  canvas.dataset.lit = lit.length;
  canvas.setAttribute("aria-label", `${say("canvas")}: ${say("nodes")} ${drawn}, ${say("relations")} ${canvas.dataset.relations}${light ? `; ${say("lit")}: ${clip(listed(lit), 300)}` : ""}`);
}

function inView(id) {
  const spot = spots.get(stand[byId.get(id)]);
  if (!spot) return true;
  const at = network.canvasToDOM({ x: spot[0], y: spot[1] });
  const { clientWidth, clientHeight } = $("canvas");
  return at.x > 20 && at.y > 20 && at.x < clientWidth - 20 && at.y < clientHeight - 20 && network.getScale() > 0.4;
}

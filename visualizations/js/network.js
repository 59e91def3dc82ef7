// The map itself: vis-network draws what the filters leave and what is lit.

const drawnNodes = picture.nodes.map((node) => ({ ...node, lines: String(node.label).split("\n") }));
const drawnEdges = picture.edges;
let network = null;
let nodeSet = null;
let edgeSet = null;
let light = null; // {nodes: Set, relations: Set}, or null where nothing is lit
const shownNodes = nodes.map(() => true);
const shownEdges = relations.map(() => true);

const positionsOf = () => data.layouts[state.layout]?.positions ?? data.layouts.bands.positions;
const framesOf = () => data.layouts[state.layout]?.frames ?? [];

function passes(index) { // the filters, for a node
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

const SOFT = 0.5;
const DIM = 0.05;

function edgeLabel(index, lit) {
  const relation = relations[index];
  const parts = [];
  const properties = relation.properties ?? {};
  if (lit) {
    parts.push(typeWord(relation));
    if (relation.dimension && relation.dimension !== relation.type) parts.push(term("dimensions", relation.dimension));
  }
  if (statusOf(relation) !== "现行" && lit) parts.push(term("statuses", statusOf(relation)));
  if (properties.amount !== undefined) parts.push(say("unit", properties.amount));
  if (properties.number !== undefined) parts.push(`×${properties.number}`);
  const broken = terms.terms.statuses[statusOf(relation)].line === "broken";
  return (broken ? "✕ " : "") + parts.join(" ");
}

function edgeView(index) {
  const edge = drawnEdges[index];
  const lit = light ? light.relations.has(index) : false;
  const opacity = light ? (lit ? 1 : DIM) : SOFT;
  const label = light && !lit ? "" : edgeLabel(index, lit);
  return {
    ...edge,
    hidden: !shownEdges[index],
    color: { color: edge.color, hover: edge.color, highlight: edge.color, opacity },
    width: lit ? edge.width + 1.4 : edge.width,
    label,
    font: { size: 12, face: FONT, color: edge.color, strokeWidth: 4, strokeColor: "#ffffff", vadjust: 0 },
  };
}

function nodeView(index) {
  const [x, y] = positionsOf()[index];
  const { id } = drawnNodes[index];
  return { id, x, y, label: " ", shape: "custom", ctxRenderer: renderNode, hidden: !shownNodes[index] };
}

function moodOf(index) {
  if (state.node && byId.get(state.node) === index) return "chosen";
  if (!light) return "plain";
  return light.nodes.has(index) ? "lit" : "dim";
}

function renderNode({ ctx, id, x, y }) {
  const drawn = drawnNodes[id];
  return {
    drawNode() {
      paint(ctx, looks(id, nodes[id], drawn, x, y), moodOf(id), network.getScale() > 0.28);
    },
    nodeDimensions: { width: drawn.w, height: drawn.h },
  };
}

function startNetwork() {
  applyFilters();
  nodeSet = new vis.DataSet(nodes.map((_, index) => nodeView(index)));
  edgeSet = new vis.DataSet(relations.map((_, index) => edgeView(index)));
  network = new vis.Network($("canvas"), { nodes: nodeSet, edges: edgeSet }, picture.options);
  network.on("beforeDrawing", (ctx) => paintFrames(ctx, framesOf(), network.getScale()));
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) choose(node);
    else if (edge !== undefined) change({ relation: relations[edge].id, node: "" });
    else if (state.node || state.relation || state.finding) change(CLEARED);
  });
  showAll(false);
}

const CLEARED = { finding: "", node: "", relation: "", from: "", to: "", depth: "", step: "" };

function choose(node) {
  const other = { node: nodes[node].id, relation: "" };
  if (state.from && !state.to && state.from !== nodes[node].id) change({ ...other, to: nodes[node].id });
  else change(other);
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Show a rectangle of the map whole, with some air around it.
function showArea(left, top, right, bottom, largest, animate) {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  if (!width || !height) return;
  const scale = Math.min((width - 16) / Math.max(1, right - left), (height - 12) / Math.max(1, bottom - top), largest);
  const moved = { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
  network.moveTo(animate && !calm() ? { ...moved, animation: { duration: 350, easingFunction: "easeInOutQuad" } } : moved);
}

function bounds(chosen) {
  const places = positionsOf();
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const index of chosen) {
    const [x, y] = places[index];
    const { w, h } = drawnNodes[index];
    left = Math.min(left, x - w / 2); right = Math.max(right, x + w / 2);
    top = Math.min(top, y - h / 2); bottom = Math.max(bottom, y + h / 2);
  }
  return [left, top, right, bottom];
}

function showAll(animate = true) {
  const frames = framesOf().filter(([role]) => role === "band");
  if (!nodes.length) return;
  const [left, top, right, bottom] = bounds(nodes.keys());
  const widest = Math.max(right, ...frames.map((frame) => frame[2] + frame[4]));
  showArea(Math.min(left, ...frames.map((frame) => frame[2])), Math.min(top, ...frames.map((f) => f[3])),
    widest, Math.max(bottom, ...frames.map((frame) => frame[3] + frame[5])), 1.4, animate);
}

function showNodes(chosen, animate = true) {
  const list = [...chosen].filter((index) => shownNodes[index]);
  if (list.length) { const [l, t, r, b] = bounds(list); showArea(l - 60, t - 50, r + 60, b + 50, 1.25, animate); }
}

// What is lit: a path, else a step of the tour, a finding, a relation, a node with its neighbours.
function lighting() {
  if (state.from && state.to) return pathLight();
  if (state.step !== "") return stepLight();
  if (state.finding && byFingerprint.has(state.finding)) return findingLight(findings[byFingerprint.get(state.finding)]);
  if (state.relation && relationById.has(state.relation)) {
    const index = relationById.get(state.relation);
    return { nodes: new Set([relations[index].from, relations[index].to]), relations: new Set([index]) };
  }
  if (state.node && byId.has(state.node)) return around(byId.get(state.node), Number(state.depth) || 1);
  return null;
}

function findingLight(finding) {
  const lit = new Set(finding.nodes);
  return { nodes: lit, relations: new Set(finding.relations ?? []) };
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

function refreshNetwork(changed, { zoom = true } = {}) {
  const before = light;
  applyFilters();
  light = lighting();
  const moved = changed.includes("layout");
  const filtered = changed.some((name) => SETS.includes(name));
  if (moved || filtered) nodeSet.update(nodes.map((_, index) => nodeView(index)));
  if (filtered || moved || before !== light || changed.includes("lang")) {
    edgeSet.update(relations.map((_, index) => edgeView(index)));
  }
  network.redraw();
  $("clear").hidden = !light;
  if (moved) showAll(false);
  const target = ["finding", "step", "to", "relation"].some((name) => changed.includes(name));
  if (zoom && light && (target || (changed.includes("node") && !inView(state.node)))) showNodes(light.nodes);
  else if (!light && before && changed.includes("finding")) showAll();
}

function inView(id) {
  const index = byId.get(id);
  if (index === undefined) return true;
  const [x, y] = positionsOf()[index];
  const at = network.canvasToDOM({ x, y });
  const { clientWidth, clientHeight } = $("canvas");
  return at.x > 20 && at.y > 20 && at.x < clientWidth - 20 && at.y < clientHeight - 20 && network.getScale() > 0.5;
}

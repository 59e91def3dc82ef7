// Keys: on the map, arrows walk from node to node; in tab lists, arrows change the tab.

let cursor = null; // what the arrow keys stand on, before Enter chooses it

function startKeyboard() {
  $("canvas").addEventListener("keydown", onMapKey);
  $("canvas").addEventListener("blur", () => { cursor = null; network.redraw(); });
  for (const list of document.querySelectorAll("[role=tablist]")) {
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const tabs = [...list.children];
      const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && hashOf() !== "") change(CLEARED);
    if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) { $("search").focus(); event.preventDefault(); }
  });
}

function onMapKey(event) {
  const towards = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (towards) walk(towards);
  else if (event.key === "Enter" && cursor !== null) { if (typeof cursor === "number") choose(cursor); if (large || typeof cursor === "string") unfold(cursor); }
  else if (event.key === "+" || event.key === "=") network.moveTo({ scale: network.getScale() * 1.3 });
  else if (event.key === "-") network.moveTo({ scale: network.getScale() / 1.3 });
  else if (event.key === "0") showAll();
  else return;
  event.preventDefault();
}

// Step to the nearest node in a direction; what lies to the side counts double.
function walk([dx, dy]) {
  const drawn = [...spots.keys()].filter((id) => typeof id === "string" || shownNodes[id]);
  if (!drawn.length) return;
  const from = cursor !== null && spots.has(cursor) ? spots.get(cursor) : null;
  let best = from ? cursor : byId.has(state.node) ? stand[byId.get(state.node)] : drawn[0];
  let least = Infinity;
  for (const id of from ? drawn : []) {
    const [x, y] = spots.get(id);
    const ahead = (x - from[0]) * dx + (y - from[1]) * dy;
    const aside = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
    if (id !== cursor && ahead > 1 && ahead + 2 * aside < least) { least = ahead + 2 * aside; best = id; }
  }
  cursor = best;
  const at = network.canvasToDOM({ x: spots.get(best)[0], y: spots.get(best)[1] });
  const { clientWidth, clientHeight } = $("canvas");
  if (at.x < 60 || at.y < 40 || at.x > clientWidth - 60 || at.y > clientHeight - 40) network.moveTo({ position: { x: spots.get(best)[0], y: spots.get(best)[1] } });
  announce(typeof best === "string" ? groups.get(best).lines.join(" ") : `${nodes[best].name}，${kindWord(nodes[best])}`);
  network.redraw();
}

function paintCursor(ctx) {
  if (cursor === null || !spots.has(cursor)) return;
  const [x, y] = spots.get(cursor);
  ctx.save();
  ctx.strokeStyle = "#e69f00";
  ctx.lineWidth = 4 / Math.min(1, network.getScale());
  ctx.strokeRect(x - widthOf(cursor) / 2 - 5, y - heightOf(cursor) / 2 - 5, widthOf(cursor) + 10, heightOf(cursor) + 10);
  ctx.restore();
}

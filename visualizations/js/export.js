// Exports and print. The drawing is made anew as SVG, from the same geometry as the map.

function drawingOfMap() {
  const [left, top, right, bottom] = wholeArea();
  const root = drawing("svg", { xmlns: SVG, viewBox: `${left - 8} ${top - 8} ${right - left + 16} ${bottom - top + 16}`, "font-family": FONT.replaceAll('"', "'") });
  root.append(drawing("rect", { x: left - 8, y: top - 8, width: right - left + 16, height: bottom - top + 16, fill: WHITE }));
  let odd = false;
  for (const [role, name, x, y, width, height] of framesOf()) {
    const fill = role === "band" ? ((odd = !odd) ? "#f3f6f9" : WHITE) : role === "place" ? WHITE : "#eaf1f6";
    root.append(drawing("rect", { x, y, width, height, rx: role === "band" ? 0 : 5, fill, stroke: role === "place" ? "#c9d4dd" : "none" }));
    if (role === "band") {
      for (const spot of letterSpots(frameName(role, name), x + 13, y + height / 2, height)) {
        const attributes = { x: spot.x, y: spot.y, dy: "0.35em", "font-size": spot.size, "font-weight": 600, fill: "#3b4854", "text-anchor": "middle" };
        root.append(drawing("text", spot.turned ? { ...attributes, transform: `rotate(-90 ${spot.x} ${spot.y})` } : attributes, spot.letter));
      }
    }
    if (role === "place") root.append(drawing("text", { x: x + 5, y: y + 12, "font-size": 12, fill: "#55626e" }, clip(name, Math.max(4, width / 12))));
  }
  for (const edge of edgeSet.get()) if (!edge.hidden) root.append(...edgeDrawing(edge));
  for (const drawn of spots.keys()) if (typeof drawn === "string" || shownNodes[drawn]) root.append(nodeDrawing(drawn));
  return root;
}

function edgeDrawing(edge) {
  const [a, b] = [spots.get(edge.from), spots.get(edge.to)];
  if (!a || !b || edge.from === edge.to) return [];
  const bend = edge.smooth?.enabled ? edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? 1 : -1) : 0;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const via = [(a[0] + b[0]) / 2 + dy * bend, (a[1] + b[1]) / 2 - dx * bend];
  const end = border(edge.to, via);
  const attributes = { d: `M${a[0]},${a[1]}Q${via[0]},${via[1]} ${end[0]},${end[1]}`, fill: "none", stroke: edge.color.color, "stroke-width": edge.width, opacity: edge.color.opacity };
  if (edge.dashes) attributes["stroke-dasharray"] = edge.dashes.join(" ");
  const turn = Math.atan2(end[1] - via[1], end[0] - via[0]);
  const at = (back, side) => `${end[0] - back * Math.cos(turn) - side * Math.sin(turn)},${end[1] - back * Math.sin(turn) + side * Math.cos(turn)}`;
  const parts = [drawing("path", attributes), drawing("path", { d: `M${end[0]},${end[1]}L${at(9, 4)}L${at(9, -4)}Z`, fill: edge.color.color, opacity: edge.color.opacity })];
  if (edge.label.trim()) {
    parts.push(drawing("text", { x: (a[0] + 2 * via[0] + end[0]) / 4, y: (a[1] + 2 * via[1] + end[1]) / 4 + 4, "font-size": 12, fill: edge.color.color, "text-anchor": "middle", stroke: WHITE, "stroke-width": 3, "paint-order": "stroke" }, edge.label));
  }
  return parts;
}

// Where a line that comes from a point meets the box of a node.
function border(drawn, [x, y]) {
  const [cx, cy] = spots.get(drawn);
  const [dx, dy] = [x - cx, y - cy];
  const share = Math.min(widthOf(drawn) / 2 / Math.max(0.01, Math.abs(dx)), heightOf(drawn) / 2 / Math.max(0.01, Math.abs(dy)), 1);
  return [cx + dx * share, cy + dy * share];
}

function nodeDrawing(drawn) {
  const look = lookOf(drawn, ...spots.get(drawn));
  const mood = moodOf(drawn);
  const group = drawing("g", { opacity: mood === "dim" ? 0.2 : 1 });
  group.append(drawing("path", { d: look.path, fill: look.fill, stroke: mood === "lit" || mood === "chosen" ? INK : look.stroke, "stroke-width": mood === "lit" ? 2.2 : 1.2, "stroke-dasharray": look.dash.join(" ") }));
  if (look.symbol) group.append(drawing("path", { d: look.symbol.path, fill: look.symbol.fill, stroke: look.symbol.stroke }));
  look.lines.forEach((line, row) => group.append(drawing("text", {
    x: look.textX, y: look.y + (row - (look.lines.length - 1) / 2) * 16 + 5, "font-size": look.size, "font-weight": look.bold ? 600 : 400,
    fill: mood === "dim" ? INK : look.ink, "text-anchor": look.body ? "middle" : "start",
  }, line)));
  if (look.mark) {
    group.append(drawing("circle", { cx: look.mark.x, cy: look.mark.y, r: 7, fill: look.mark.color, stroke: WHITE }),
      drawing("text", { x: look.mark.x, y: look.mark.y + 3.5, "font-size": 9, "font-weight": 700, fill: WHITE, "text-anchor": "middle" }, BADGE[look.mark.mark] ?? "!"));
  }
  return group;
}

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: `${fileName()}-${name}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
const fileName = () => clip(pick(data.title) || "govgraph", 60).replace(/[\\/:*?"<>|…]/g, "_");

function csv(name) {
  const table = TABLES[name];
  const cell = (value) => {
    let text = String(value);
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`; // a spreadsheet would run it
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [Object.keys(table.columns).map(heading), ...table.rows().map((row) => Object.values(table.columns).map((value) => value(row)))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function svgText() {
  const picture_ = drawingOfMap();
  const [, , width, height] = picture_.getAttribute("viewBox").split(" ");
  picture_.setAttribute("width", width);
  picture_.setAttribute("height", height);
  return new XMLSerializer().serializeToString(picture_);
}

function png() {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svgText()], { type: "image/svg+xml" }));
  image.onload = () => {
    const scale = Math.min(2, 8000 / image.width, 8000 / image.height);
    const sheet = document.createElement("canvas");
    sheet.width = image.width * scale;
    sheet.height = image.height * scale;
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    URL.revokeObjectURL(address);
    sheet.toBlob((blob) => save("map.png", blob), "image/png");
  };
  image.src = address;
}

const EXPORTS = {
  export_png: png,
  export_svg: () => save("map.svg", new Blob([svgText()], { type: "image/svg+xml" })),
  export_nodes: () => save("nodes.csv", new Blob([csv("nodes")], { type: "text/csv" })),
  export_relations: () => save("relations.csv", new Blob([csv("relations")], { type: "text/csv" })),
  export_findings: () => save("findings.csv", new Blob([csv("findings")], { type: "text/csv" })),
  export_json: () => save("map.json", new Blob([JSON.stringify({ nodes, relations, findings, rules }, null, 1)], { type: "application/json" })),
  copy_link: () => copy(location.href, $("export")),
  print: () => window.print(),
};

function showExports() {
  $("export-menu").replaceChildren(...Object.entries(EXPORTS).map(([name, run]) => make("button", {
    role: "menuitem", "data-export": name, onclick: () => { openExports(false); run(); },
  }, say(name))));
}

function openExports(open) {
  $("export-menu").hidden = !open;
  $("export").setAttribute("aria-expanded", String(open));
  if (open) $("export-menu").firstElementChild.focus();
}

function startExports() {
  $("export").addEventListener("click", () => openExports($("export-menu").hidden));
  $("export-menu").addEventListener("keydown", (event) => {
    const items = [...$("export-menu").children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus(); event.preventDefault(); }
    if (event.key === "Escape") { openExports(false); $("export").focus(); event.stopPropagation(); }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".menu")) openExports(false); });
  window.addEventListener("beforeprint", () => $("paper").replaceChildren(drawingOfMap()));
  window.addEventListener("afterprint", () => $("paper").replaceChildren());
}

// How nodes look: one geometry for the map, the legend and the exported drawing.

const FONT = getComputedStyle(document.documentElement).fontFamily;
const INK = "#1c2630";
const WHITE = "#ffffff";

// The outline of a symbol as an SVG path around (x, y) with half its size r.
function outline(shape, x, y, r) {
  const at = (...points) => `M${points.map(([dx, dy]) => `${x + dx * r},${y + dy * r}`).join("L")}Z`;
  switch (shape) {
    case "diamond": return at([0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]);
    case "square": return at([-0.8, -1], [0.8, -1], [0.8, 1], [-0.8, 1]);
    case "hexagon": return at([-0.6, -1], [0.6, -1], [1.15, 0], [0.6, 1], [-0.6, 1], [-1.15, 0]);
    case "triangle": return at([0, -1], [1, 0.9], [-1, 0.9]);
    case "database":
      return `M${x - r},${y - 0.6 * r}a${r},${0.45 * r} 0 0 1 ${2 * r},0v${1.2 * r}a${r},${0.45 * r} 0 0 1 ${-2 * r},0z`
        + `M${x - r},${y - 0.6 * r}a${r},${0.45 * r} 0 0 0 ${2 * r},0`;
    case "ellipse": return `M${x - 1.2 * r},${y}a${1.2 * r},${0.8 * r} 0 1 0 ${2.4 * r},0a${1.2 * r},${0.8 * r} 0 1 0 ${-2.4 * r},0z`;
    case "box": return box(x - 1.2 * r, y - 0.9 * r, 2.4 * r, 1.8 * r, 0.4 * r);
    default: return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`;
  }
}

function box(x, y, w, h, r) {
  return `M${x + r},${y}h${w - 2 * r}a${r},${r} 0 0 1 ${r},${r}v${h - 2 * r}a${r},${r} 0 0 1 ${-r},${r}h${2 * r - w}`
    + `a${r},${r} 0 0 1 ${-r},${-r}v${2 * r - h}a${r},${r} 0 0 1 ${r},${-r}z`;
}

function cut(x, y, w, h, c) { // a box with its corners cut: coordinating bodies and leading groups
  return `M${x + c},${y}h${w - 2 * c}l${c},${h / 2}l${-c},${h / 2}h${2 * c - w}l${-c},${-h / 2}z`;
}

function darkOn(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  return 0.299 * r + 0.587 * g + 0.114 * b > 0.58;
}

// What is to be drawn for a node, in plain terms that canvas and SVG both follow.
function looks(index, node, drawn, x, y) {
  const { w, h, color, shape, lines } = drawn;
  const body = node.family === "组织";
  const line = terms.terms.statuses[statusOf(node)].line;
  const solid = body && line === "solid";
  const left = x - w / 2;
  const top = y - h / 2;
  return {
    x, y, w, h, body,
    path: body && shape === "hexagon" ? cut(left, top, w, h, 8) : box(left, top, w, h, body ? 5 : 3),
    fill: solid ? color : WHITE,
    stroke: body ? color : "#c3ccd4",
    dash: line === "solid" ? [] : line === "dotted" ? [2, 3] : [5, 3],
    ink: solid && !darkOn(color) ? WHITE : INK,
    symbol: body ? null : { path: outline(shape, left + 13, y, 5.6), fill: color, stroke: darkOn(color) ? "#6b7680" : color },
    lines, size: body ? 15 : 14, bold: body,
    textX: body ? x - (drawn.w - (drawnNodes[index]?.w ?? w)) / 2 : left + 24,
    mark: worst[index] && !sets.severities.has(worst[index]) ? { x: left + w - 1, y: top + 1, ...terms.severities[worst[index]] } : null,
    broken: line === "broken",
  };
}

function groupLook(group, x, y) { // a folded level at one place
  const { w, h, lines } = group;
  return {
    x, y, w, h, body: true, path: box(x - w / 2, y - h / 2, w, h, 5), fill: "#dfe6ec", stroke: "#55626e", dash: [],
    ink: INK, symbol: null, lines, size: 14, bold: true, textX: x, mark: null,
  };
}

const paths = new Map();
function pathOf(text) {
  let path = paths.get(text);
  if (!path && paths.size > 20000) paths.clear();
  if (!path) paths.set(text, (path = new Path2D(text)));
  return path;
}

function paint(ctx, look, mood, detail) {
  ctx.globalAlpha = mood === "dim" ? 0.2 : 1;
  ctx.setLineDash(look.dash);
  ctx.fillStyle = look.fill;
  ctx.strokeStyle = mood === "chosen" ? "#000" : mood === "lit" ? INK : look.stroke;
  ctx.lineWidth = mood === "chosen" ? 4 : mood === "lit" ? 2.2 : look.body ? 1.5 : 1;
  if (!detail) {
    ctx.fillStyle = look.body ? look.stroke : look.symbol.fill;
    ctx.fillRect(look.x - look.w / 2, look.y - look.h / 2, look.w, look.h);
    return;
  }
  const path = pathOf(look.path);
  ctx.fill(path);
  ctx.stroke(path);
  ctx.setLineDash([]);
  if (look.symbol) {
    const symbol = pathOf(look.symbol.path);
    ctx.fillStyle = look.symbol.fill;
    ctx.strokeStyle = look.symbol.stroke;
    ctx.lineWidth = 1;
    ctx.fill(symbol);
    ctx.stroke(symbol);
  }
  ctx.fillStyle = mood === "dim" ? INK : look.ink; // white letters would vanish with their ground
  ctx.font = `${look.bold ? "600 " : ""}${look.size}px ${FONT}`;
  ctx.textAlign = look.body ? "center" : "left";
  ctx.textBaseline = "middle";
  look.lines.forEach((line, row) => ctx.fillText(line, look.textX, look.y + (row - (look.lines.length - 1) / 2) * 16 + 1));
  if (look.more) {
    ctx.font = `11px ${FONT}`;
    ctx.textAlign = "right";
    ctx.fillText(look.more, look.x + look.w / 2 - 4, look.y + 1);
  }
  if (look.mark) badge(ctx, look.mark);
}

function badge(ctx, mark) {
  ctx.beginPath();
  ctx.arc(mark.x, mark.y, 7, 0, 7);
  ctx.fillStyle = mark.color;
  ctx.fill();
  ctx.strokeStyle = WHITE;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = WHITE;
  ctx.font = `700 9px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(BADGE[mark.mark] ?? mark.mark, mark.x, mark.y + 0.5);
}
const BADGE = { "■": "!!", "▲": "!", "●": "i", "?": "?" };

function frameName(role, name) {
  if (role === "band") return words[`band_${name}`] ? say(`band_${name}`) : term("levels", name);
  return name;
}

function paintFrames(ctx, frames, scale) {
  ctx.save();
  let odd = false;
  for (const [role, name, left, top, width, height] of frames) {
    if (role === "band") {
      ctx.fillStyle = (odd = !odd) ? "#f3f6f9" : "#ffffff";
      ctx.fillRect(left, top, width, height);
      ctx.fillStyle = "#dfe6ec";
      ctx.fillRect(left, top, 26, height - 1);
      upright(ctx, frameName(role, name), left + 13, top + height / 2, height);
    } else if (role === "place") {
      ctx.fillStyle = "#ffffffb0";
      ctx.strokeStyle = "#c9d4dd";
      ctx.lineWidth = 1;
      ctx.fill(pathOf(box(left, top, width, height, 6)));
      ctx.stroke(pathOf(box(left, top, width, height, 6)));
      if (scale > 0.3) {
        ctx.fillStyle = "#55626e";
        ctx.font = `12px ${FONT}`;
        ctx.textAlign = "left";
        ctx.textBaseline = "top";
        ctx.fillText(clip(name, Math.max(4, width / 12)), left + 5, top + 2);
      }
    } else {
      ctx.fillStyle = "#eaf1f6";
      ctx.fill(pathOf(box(left, top, width, height, 5)));
    }
  }
  ctx.restore();
}

// A level's name down the left of its row: letters below each other (vertical writing overlaps in some browsers),
// in two narrow columns where the row is low; Latin names turned.
function letterSpots(text, x, y, room) {
  if (!/[\u4e00-\u9fff]/.test(text)) return [{ letter: text, x, y, size: Math.min(14, (room - 4) / (text.length * 0.6)), turned: true }];
  const letters = [...text];
  const tight = letters.length * 15 > room;
  const high = tight ? Math.ceil(letters.length / 2) : letters.length;
  const step = tight ? Math.min(12, (room - 4) / high) : 15;
  return letters.map((letter, place) => ({
    letter, size: tight ? Math.min(11, step) : 14,
    x: tight ? x + 6 - 12 * Math.floor(place / high) : x, y: y + (place % high - (high - 1) / 2) * step,
  }));
}

function upright(ctx, text, x, y, room) {
  ctx.save();
  ctx.fillStyle = "#3b4854";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const spot of letterSpots(text, x, y, room)) {
    ctx.save();
    ctx.font = `600 ${spot.size}px ${FONT}`;
    ctx.translate(spot.x, spot.y);
    if (spot.turned) ctx.rotate(-Math.PI / 2);
    ctx.fillText(spot.letter, 0, 0);
    ctx.restore();
  }
  ctx.restore();
}

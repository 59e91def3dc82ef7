// Search by name, alias or pinyin initials; paths between two nodes.

let matches = [];
let active = -1;

function found(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const ranked = [];
  nodes.forEach((node, index) => {
    const names = [node.name, ...(node.aliases ?? [])].map((name) => name.toLowerCase());
    const rank = names.some((name) => name === wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1
      : names.some((name) => name.includes(wanted)) ? 2 : (node.initials ?? []).some((name) => name.startsWith(wanted)) ? 3
      : (node.initials ?? []).some((name) => name.includes(wanted)) ? 4 : -1;
    if (rank >= 0) ranked.push([rank, index]);
  });
  return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 30).map(([, index]) => index);
}

function showMatches() {
  const list = $("search-results");
  const text = $("search").value;
  list.hidden = !text.trim();
  $("search").setAttribute("aria-expanded", String(!list.hidden));
  list.replaceChildren(...matches.map((index, row) => make("li", {
    role: "option", id: `match-${row}`, "aria-selected": String(row === active), class: "isolate",
    onmousedown: (event) => { event.preventDefault(); goTo(index); },
  }, clip(nodes[index].name, 60), make("span", { class: "count" }, ` ${kindWord(nodes[index])}`))));
  if (!matches.length) list.append(make("li", { class: "quiet" }, say("no_match")));
  $("search").setAttribute("aria-activedescendant", active >= 0 ? `match-${active}` : "");
}

function goTo(index) {
  $("search").value = "";
  matches = [];
  showMatches();
  change({ ...CLEARED, node: nodes[index].id, tab: "map" });
  showNodes([index]);
  announce(say("selected", clip(nodes[index].name, 60)));
}

function startSearch() {
  const field = $("search");
  field.addEventListener("input", () => { matches = found(field.value); active = matches.length ? 0 : -1; showMatches(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      active = Math.max(0, Math.min(matches.length - 1, active + (event.key === "ArrowDown" ? 1 : -1)));
      showMatches();
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      goTo(matches[active]);
    } else if (event.key === "Escape") {
      field.value = "";
      matches = [];
      showMatches();
      event.stopPropagation();
    }
  });
  field.addEventListener("blur", () => { $("search-results").hidden = true; });
}

// The shortest way between two nodes over what the filters show, whichever way its relations point.
function shortest(from, to) {
  const before = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const node of edge) {
      for (const index of touching[node]) {
        if (!shownEdges[index]) continue;
        const other = relations[index].from === node ? relations[index].to : relations[index].from;
        if (!before.has(other)) { before.set(other, [node, index]); next.push(other); }
      }
    }
    edge = next;
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let node = to; before.get(node); [node] = before.get(node)) steps.unshift({ node, relation: before.get(node)[1], start: before.get(node)[0] });
  return steps;
}

function currentPath() {
  const from = byId.get(state.from);
  const to = byId.get(state.to);
  return from === undefined || to === undefined ? null : shortest(from, to);
}

function pathLight() {
  const steps = currentPath();
  const ends = [state.from, state.to].filter((id) => byId.has(id)).map((id) => byId.get(id));
  return { nodes: new Set([...ends, ...(steps ?? []).map((step) => step.node)]), relations: new Set((steps ?? []).map((step) => step.relation)) };
}

function pathPart() {
  if (!state.from || !byId.has(state.from)) return null;
  const name = (id) => clip(nodes[byId.get(id)].name, 40);
  if (!state.to || !byId.has(state.to)) return make("p", { class: "quiet", id: "path" }, say("path_pick", name(state.from)));
  const steps = currentPath();
  const list = steps ? steps.map(({ node, relation, start }) => make("li", {}, relations[relation].from === start ? "→ " : "← ",
    typeWord(relations[relation]), " ", nodeButton(node, 40), " ", statusTag(relations[relation]))) : [make("li", {}, say("path_none"))];
  return make("section", { id: "path" }, make("h3", {}, `${say("path_title", name(state.from), name(state.to))}${steps ? ` · ${say("path_steps", steps.length)}` : ""}`), make("ul", {}, list));
}

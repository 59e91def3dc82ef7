// Right: the selected node or relation.

const ROLES = ["主责", "配合", "审批", "监督", "出资"];

function showDetails() {
  const panel = $("details");
  const node = state.node ? byId.get(state.node) : undefined;
  const relation = state.relation ? relationById.get(state.relation) : undefined;
  const content = node !== undefined ? nodeDetails(node) : relation !== undefined ? relationDetails(relation) : null;
  panel.hidden = !content || state.tab !== "map";
  panel.replaceChildren(...(content ?? []));
}

function closeButton() {
  return make("button", { class: "close", "aria-label": say("close"), onclick: () => change({ node: "", relation: "", depth: "", from: "", to: "" }) }, "✕");
}

function nodeDetails(index) {
  const node = nodes[index];
  return [
    closeButton(),
    make("h2", { class: "isolate" }, clip(node.name, 400)),
    make("p", {}, make("span", { class: "tag" }, kindWord(node)), statusTag(node)),
    make("div", { class: "row" },
      make("button", { id: "path-from", onclick: () => { change({ from: node.id, to: "" }); announce(say("path_pick", clip(node.name, 40))); } }, say("path_from")),
      make("button", { id: "path-to", disabled: !state.from || state.from === node.id, onclick: () => change({ to: node.id }) }, say("path_to"))),
    pathPart(),
    properties(node),
    findingPart(index),
    byRole(index),
    relationList("out", touching[index].filter((item) => relations[item].from === index), (item) => relations[item].to),
    relationList("in", touching[index].filter((item) => relations[item].to === index && relations[item].from !== index), (item) => relations[item].from),
    quotesPart(node),
  ].flat().filter(Boolean);
}

function relationDetails(index) {
  const relation = relations[index];
  return [
    closeButton(),
    make("h2", {}, typeWord(relation)),
    make("p", {}, nodeButton(relation.from), " → ", nodeButton(relation.to)),
    make("p", {}, statusTag(relation)),
    properties(relation),
    relationFindings(index),
    quotesPart(relation),
  ].flat().filter(Boolean);
}

function properties(item) {
  const rows = [];
  if (item.aliases?.length) rows.push([say("aliases"), listed(item.aliases)]);
  if (item.dimension) rows.push([say("dimension"), term("dimensions", item.dimension)]);
  for (const [name, value] of Object.entries(item.properties ?? {})) {
    const known = terms.properties[name];
    const word = Array.isArray(value) ? listed(value.map((one) => term("types", one))) : term(known?.type, String(value));
    rows.push([known ? known[language()] : name, word]);
  }
  if (!rows.length) return null;
  return make("dl", {}, rows.map(([name, value]) => [make("dt", {}, name), make("dd", { class: "isolate" }, clip(String(value), 600))]));
}

function quotesPart(item) {
  const quotes = quote(item.evidence ?? {});
  return quotes.length ? [make("h3", {}, say("evidence")), ...quotes] : [];
}

function findingPart(index) { return findingLinks(findingsOf[index]); }
function relationFindings(index) {
  return findingLinks([...findings.keys()].filter((item) => findings[item].relations?.includes(index)));
}

function findingLinks(list) {
  const shown = list.filter((item) => passesFinding(findings[item]));
  if (!shown.length) return [];
  return [make("h3", {}, `${say("in_findings")} (${shown.length})`), make("ul", {}, shown.map((item) => make("li", { class: "linked" },
    mark(grade(findings[item])), make("button", { class: "plain isolate", onclick: () => change({ ...CLEARED, finding: findings[item].fingerprint, side: "findings" }) }, clip(pick(findings[item].message), 120)))))];
}

// A body's duties, or who answers for a duty, by role.
function byRole(index) {
  const duty = nodes[index].family === "事项";
  const key = duty ? "who_by_role" : "duties_by_role";
  const rows = ROLES.map((role) => {
    const mine = touching[index].filter((item) => relations[item].type === role && shownEdges[item]
      && (duty ? relations[item].to === index : relations[item].from === index && nodes[relations[item].to].family === "事项"));
    if (!mine.length) return null;
    return [make("dt", {}, term("types", role)), make("dd", {}, mine.map((item) => make("div", {}, nodeButton(duty ? relations[item].from : relations[item].to, 40), statusTag(relations[item]))))];
  }).filter(Boolean);
  return rows.length ? [make("h3", {}, say(key)), make("dl", {}, rows)] : [];
}

function relationList(key, list, other) {
  const shown = list.filter((item) => shownEdges[item]);
  if (!shown.length) return [];
  return [make("h3", {}, `${say(key)} (${shown.length})`), make("ul", {}, shown.slice(0, 200).map((item) => make("li", {},
    make("button", { class: "plain", onclick: () => change({ ...CLEARED, relation: relations[item].id }) }, typeWord(relations[item]), relations[item].dimension ? `·${term("dimensions", relations[item].dimension)}` : ""),
    " ", nodeButton(other(item), 40), " ", statusTag(relations[item]), edgeSum(relations[item]))))];
}

function edgeSum(relation) {
  const { amount, number } = relation.properties ?? {};
  const parts = [amount === undefined ? "" : say("unit", amount), number === undefined ? "" : `×${number}`].filter(Boolean);
  return parts.length ? make("span", { class: "tag" }, parts.join(" ")) : null;
}

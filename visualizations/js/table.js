// The table view: nodes, relations or findings as the filters leave them; a click on a heading sorts.

const TABLES = {
  findings: {
    rows: () => findings.filter(passesFinding),
    columns: {
      severity: (finding) => severityWord(grade(finding)),
      rule: (finding) => pick(rules[finding.rule]?.title) || finding.rule,
      message: (finding) => pick(finding.message),
      subjects: (finding) => listed((finding.subjects ?? []).map((index) => nodes[index].name)),
      remedy: (finding) => pick(finding.remedy),
      evidence: (finding) => (finding.evidence ?? []).flatMap((item) => item.quotes ?? []).join(" / "),
    },
    order: { severity: (finding) => GRAVITY.indexOf(grade(finding)) },
    open: (finding) => ({ ...CLEARED, tab: "map", side: "findings", finding: finding.fingerprint }),
  },
  nodes: {
    rows: () => nodes.filter((_, index) => shownNodes[index]),
    columns: {
      name: (node) => node.name,
      family: (node) => term("families", node.family),
      kind: kindWord,
      level: (node) => term("levels", node.properties?.level ?? ""),
      place: (node) => node.properties?.place ?? "",
      status: (node) => term("statuses", statusOf(node)),
      findings: (node) => findingsOf[byId.get(node.id)].length,
      relations: (node) => touching[byId.get(node.id)].length,
      quote: (node) => (node.evidence?.quotes ?? []).join(" / "),
    },
    open: (node) => ({ ...CLEARED, tab: "map", node: node.id }),
  },
  relations: {
    rows: () => relations.filter((_, index) => shownEdges[index]),
    columns: {
      from: (relation) => nodes[relation.from].name,
      type: typeWord,
      to: (relation) => nodes[relation.to].name,
      dimension: (relation) => term("dimensions", relation.dimension ?? ""),
      status: (relation) => term("statuses", statusOf(relation)),
      amount: (relation) => relation.properties?.amount ?? "",
      number: (relation) => relation.properties?.number ?? "",
      quote: (relation) => (relation.evidence?.quotes ?? []).join(" / "),
    },
    open: (relation) => ({ ...CLEARED, tab: "map", relation: relation.id }),
  },
};
const MOST_ROWS = 2000;
const heading = (name) => (words[name] ? say(name) : terms.properties[name]?.[language()] ?? name);

function sortedRows(name) {
  const table = TABLES[name];
  const [column, way] = state.sort.split(".");
  const rows = table.rows();
  if (!table.columns[column]) return rows;
  const key = table.order?.[column] ?? table.columns[column];
  const sign = way === "down" ? -1 : 1;
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-Hans-CN", { numeric: true }));
  return rows.map((row) => [key(row), row]).sort((a, b) => sign * compare(a[0], b[0])).map(([, row]) => row);
}

function showTable() {
  if (state.tab !== "table") return;
  const name = TABLES[state.table] ? state.table : "findings";
  const table = TABLES[name];
  const rows = sortedRows(name);
  const [sorted, way] = state.sort.split(".");
  const choose_table = make("div", { class: "row", role: "group" }, Object.keys(TABLES).map((other) => make("button", {
    "aria-pressed": String(other === name), "data-table": other, class: other === name ? "strong" : "", onclick: () => change({ table: other, sort: "" }),
  }, `${say(other)} (${TABLES[other].rows().length})`)));
  const head = make("tr", {}, Object.keys(table.columns).map((column) => make("th", {
    scope: "col", "aria-sort": column === sorted ? (way === "down" ? "descending" : "ascending") : "none",
  }, make("button", { "data-sort": column, onclick: () => change({ sort: column === sorted && way !== "down" ? `${column}.down` : `${column}.up` }) },
    heading(column), column === sorted ? (way === "down" ? " ▼" : " ▲") : ""))));
  const body = rows.slice(0, MOST_ROWS).map((row) => make("tr", {}, Object.values(table.columns).map((value, place) => {
    const text = clip(String(value(row)), 300);
    return make("td", { class: text.length < 9 ? "isolate short" : "isolate" }, place === (name === "findings" ? 2 : 0) ? make("button", { class: "plain isolate", onclick: () => change(table.open(row)) }, text || "—") : text);
  })));
  $("table-view").replaceChildren(choose_table, make("table", {}, make("thead", {}, head), make("tbody", {}, body)),
    rows.length > MOST_ROWS ? make("p", { class: "quiet" }, say("shown_of", MOST_ROWS, rows.length)) : "");
}

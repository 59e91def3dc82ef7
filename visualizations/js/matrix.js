// The responsibility matrix: duties down, bodies across, what each is to the duty.

function showMatrix() {
  if (state.tab !== "matrix") return;
  const { bodies = [], rows = [] } = data.matrix ?? {};
  const roles = terms.roles;
  const key = make("p", { class: "row" }, Object.entries(roles).map(([role, entry]) => make("span", { class: "tag" }, `${entry[language()]} ${term("types", role)}`)));
  const columns = bodies.filter((index) => shownNodes[index]);
  const head = make("tr", {}, make("th", { scope: "col" }, say("duty")), make("th", { scope: "col" }, say("leads")),
    columns.map((index) => make("th", { scope: "col" }, make("span", { class: "vertical isolate" }, clip(nodes[index].name, 14)))));
  const body = rows.filter((row) => shownNodes[row.duty]).map((row) => {
    const cells = columns.map((column) => {
      const mine = (row.cells ?? []).filter((cell) => cell[0] === column && shownEdges[cell[2]]);
      const lead = mine.some((cell) => cell[1] === "主责");
      return make("td", { class: lead ? "lead" : "" }, mine.map(([, role, relation]) => make("button", {
        class: "plain", style: lead ? "color:inherit" : null, title: term("types", role),
        onclick: () => change({ ...CLEARED, tab: "map", relation: relations[relation].id }),
      }, roles[role][language()])));
    });
    return make("tr", {}, make("th", { scope: "row" }, nodeButton(row.duty, 40)), make("td", { class: row.sound === false ? "wrong" : "quiet" }, row.sound === undefined ? say("unstated") : String(row.leads)), cells);
  });
  $("matrix-view").replaceChildren(key, make("table", {}, make("thead", {}, head), make("tbody", {}, body)));
}

// Filters: they hold on the map, in the lists and in the tables alike. The sets hold what is hidden.

function showFilters() {
  const families = Object.keys(terms.families).filter((family) => nodes.some((node) => node.family === family));
  $("filters").replaceChildren(
    make("p", { class: "row" }, make("span", { class: "quiet grow" }, `${say("nodes")} ${say("shown_of", shownNodes.filter(Boolean).length, nodes.length)} · ${say("relations")} ${say("shown_of", shownEdges.filter(Boolean).length, relations.length)}`),
      make("button", { id: "reset", onclick: resetFilters }, say("reset"))),
    ...families.map(familyFilter),
    groupFilter("types", Object.keys(terms.types), (type) => [lineIcon(terms.groups[terms.types[type].group].color, terms.groups[terms.types[type].group].width), term("types", type)], (type) => relations.filter((relation) => relation.type === type).length),
    groupFilter("dimensions", [...new Set(relations.map((relation) => relation.dimension ?? "-"))].sort(), (word) => [word === "-" ? say("no_dimension") : term("dimensions", word)], (word) => relations.filter((relation) => (relation.dimension ?? "-") === word).length),
    groupFilter("statuses", Object.keys(terms.terms.statuses).filter((word) => [...nodes, ...relations].some((item) => statusOf(item) === word)), (word) => [term("statuses", word)], (word) => [...nodes, ...relations].filter((item) => statusOf(item) === word).length),
    groupFilter("severities", GRAVITY, (name) => [mark(name), severityWord(name)], (name) => findings.filter((finding) => grade(finding) === name).length));
}

function resetFilters() {
  for (const name of SETS) sets[name].clear();
  change(Object.fromEntries(SETS.map((name) => [name, ""])));
}

function setMany(name, values, hidden) {
  for (const value of values) if (hidden) sets[name].add(value); else sets[name].delete(value);
  change({ [name]: [...sets[name]].sort().join("~") });
}

function familyFilter(family) {
  const kinds = [...new Set(nodes.filter((node) => node.family === family).map((node) => node.kind))];
  const entry = terms.families[family];
  const values = kinds.map((kind) => `${family}/${kind}`);
  return fieldset("kinds", language() === "en" ? entry.en : family, values, (value) => {
    const { shape, color, en } = terms.kinds[value];
    return [symbolIcon(shape, color), language() === "en" ? en : value.split("/")[1]];
  }, (value) => nodes.filter((node) => `${node.family}/${node.kind}` === value).length);
}

const groupFilter = (name, values, show, count) => fieldset(name, say(name), values, show, count);

function fieldset(name, title, values, show, count) {
  const box = (value) => make("label", {},
    make("input", { type: "checkbox", "data-filter": `${name}:${value}`, checked: !sets[name].has(value), onchange: (event) => toggle(name, value, !event.target.checked) }),
    ...show(value), make("span", { class: "count" }, String(count(value))));
  return make("fieldset", {}, make("legend", {}, make("span", { class: "grow" }, title),
    make("button", { class: "plain", onclick: () => setMany(name, values, false) }, say("all")),
    make("button", { class: "plain", onclick: () => setMany(name, values, true) }, say("none"))), values.map(box));
}

function showLegend() {
  const families = Object.entries(terms.families).filter(([name]) => nodes.some((node) => node.family === name));
  const groups = [...new Set(Object.values(terms.types).map((type) => type.group))];
  const statuses = new Set(relations.map((relation) => terms.terms.statuses[statusOf(relation)].line));
  $("legend").replaceChildren(
    ...families.map(([name, family]) => make("span", {}, symbolIcon(family.shape, family.color), language() === "en" ? family.en : name)),
    ...groups.map((name) => make("span", {}, lineIcon(terms.groups[name].color, terms.groups[name].width), terms.groups[name][language()])),
    ...[["dashed", [5, 3]], ["broken", [8, 3, 2, 3]], ["dotted", [2, 3]]].filter(([name]) => statuses.has(name))
      .map(([name, dashes]) => make("span", {}, lineIcon("#444444", 1.6, dashes), say(`lines_${name}`))));
}

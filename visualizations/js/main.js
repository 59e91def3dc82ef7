// Puts the page together and redraws what a change touches.

const VIEWS = ["map", "table", "matrix"];

function showWords() {
  document.documentElement.lang = language() === "en" ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  $("search").placeholder = say("search_hint");
  $("title").textContent = pick(data.title) || "govgraph";
  document.title = `${$("title").textContent} · govgraph`;
  const other = language() === "en" ? "zh" : "en";
  $("language").textContent = other === "en" ? "English" : "中文";
  $("language").lang = other;
  options("layout", Object.keys(data.layouts).map((name) => [name, say(`layout_${name}`)]));
  options("depth", ["", "1", "2", "3", "4"].map((depth) => [depth, depth ? say("depth_n", depth) : "—"]));
}

function options(id, entries) {
  $(id).replaceChildren(...entries.map(([value, text]) => make("option", { value, selected: state[id] === value }, text)));
}

function showTabs() {
  for (const tab of document.querySelectorAll("[data-tab]")) markTab(tab, tab.dataset.tab === state.tab);
  for (const tab of document.querySelectorAll("[data-side]")) markTab(tab, tab.dataset.side === state.side);
  for (const name of VIEWS) $(`${name}-view`).hidden = state.tab !== name;
  $("findings").hidden = state.side !== "findings";
  $("filters").hidden = state.side !== "filters";
  document.body.classList.toggle("sheet", state.tab !== "map");
}

function markTab(tab, chosen) {
  tab.setAttribute("aria-selected", String(chosen));
  tab.tabIndex = chosen ? 0 : -1;
}

function showEverything(changed) {
  showTabs();
  if (changed.includes("lang")) { showWords(); showLegend(); showExports(); }
  applyFilters();
  showDetails();
  network.setSize("100%", "100%"); // the details may have taken a part of it
  refreshNetwork(changed);
  $("layout").value = state.layout;
  $("depth").value = state.depth;
  showLead();
  showFindings();
  showLevels();
  if (state.side === "filters") showFilters();
  showTable();
  showMatrix();
  showStory();
  revealFinding();
}

function start() {
  readHash();
  showWords();
  showTabs();
  showLegend();
  startNetwork();
  startSearch();
  showExports();
  startExports();
  startKeyboard();
  network.on("afterDrawing", paintCursor);
  $("start-tour").addEventListener("click", () => goStep(0));
  listeners.push(showEverything);
  for (const tab of document.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => change({ tab: tab.dataset.tab }));
  for (const tab of document.querySelectorAll("[data-side]")) tab.addEventListener("click", () => change({ side: tab.dataset.side }));
  $("layout").addEventListener("change", (event) => change({ layout: event.target.value }));
  $("depth").addEventListener("change", (event) => change({ depth: event.target.value }));
  $("language").addEventListener("click", () => change({ lang: language() === "en" ? "zh" : "en" }));
  $("clear").addEventListener("click", () => change(CLEARED));
  $("fit").addEventListener("click", () => showAll());
  $("zoom-in").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3 }));
  $("zoom-out").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3 }));
  window.addEventListener("hashchange", () => { readHash(); change({ ...state }); });
  showEverything(["node", "finding", "step", "to"]);
  if (!light) showAll(false);
}

start();

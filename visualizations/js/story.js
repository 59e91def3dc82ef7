// Story mode: the case's own tour, a step at a time.

function stepLight() {
  const shown = new Set(data.tour[Number(state.step)].show ?? []);
  const lines = new Set();
  relations.forEach((relation, index) => {
    if (shownEdges[index] && shown.has(relation.from) && shown.has(relation.to)) lines.add(index);
  });
  return { nodes: shown, relations: lines };
}

function showStory() {
  const tour = data.tour ?? [];
  $("start-tour").hidden = !tour.length;
  const panel = $("story");
  const step = tour[Number(state.step)];
  panel.hidden = state.step === "" || !step;
  if (panel.hidden) { panel.replaceChildren(); return; }
  const at = Number(state.step);
  const focused = panel.contains(document.activeElement) ? document.activeElement.id : "story-next";
  panel.replaceChildren(
    make("h2", { class: "isolate" }, `${at + 1}/${tour.length} ${pick(step.title)}`),
    make("p", { class: "isolate", "aria-live": "polite" }, pick(step.text)),
    make("div", {},
      make("button", { id: "story-back", disabled: at === 0, onclick: () => goStep(at - 1) }, say("previous")),
      make("button", { id: "story-next", class: "strong", disabled: at === tour.length - 1, onclick: () => goStep(at + 1) }, say("next")),
      make("span", { class: "grow" }),
      make("button", { id: "story-end", onclick: () => change(CLEARED) }, say("end_tour"))));
  const button = $(focused);
  (button && !button.disabled ? button : $("story-end")).focus({ preventScroll: true });
}

const goStep = (step) => change({ ...CLEARED, tab: "map", step: String(step) });

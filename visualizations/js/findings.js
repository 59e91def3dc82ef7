// Left: what is wrong, by severity and rule. A click lights the finding and opens what it rests on.

function showFindings() {
  const shown = findings.filter(passesFinding);
  const parts = [];
  for (const name of GRAVITY) {
    const graded = shown.filter((finding) => grade(finding) === name);
    if (!graded.length) continue;
    parts.push(make("h2", { class: "group" }, make("span", {}, mark(name), ` ${severityWord(name)}`), make("span", { class: "count" }, String(graded.length))));
    for (const rule of [...new Set(graded.map((finding) => finding.rule))]) {
      const found = graded.filter((finding) => finding.rule === rule);
      parts.push(make("h3", { class: "rule" }, make("span", { class: "isolate" }, pick(rules[rule]?.title) || rule), make("span", { class: "count" }, String(found.length))));
      parts.push(...found.map(findingItem));
    }
  }
  if (!shown.length) parts.push(make("p", { class: "good" }, leadWords(shown).join("")));
  parts.push(...otherRules());
  $("findings").replaceChildren(...parts);
}

function findingItem(finding) {
  const open = finding.fingerprint === state.finding;
  const button = make("button", {
    "aria-expanded": String(open), "data-finding": finding.fingerprint,
    onclick: () => change(open ? CLEARED : { ...CLEARED, finding: finding.fingerprint, tab: "map" }),
  }, make("span", { class: "isolate clamp" }, pick(finding.message)));
  return make("div", { class: `finding ${grade(finding)}${open ? " open" : ""}` }, button, open ? findingBody(finding) : null);
}

function findingBody(finding) {
  const rule = rules[finding.rule] ?? {};
  const part = (key, text) => (text ? [make("h4", {}, say(key)), make("p", {}, text)] : []);
  const seen = new Set(); // a sentence that several facts rest on is shown once
  const quotes = (finding.evidence ?? []).flatMap((item) => quote({ ...item, quotes: (item.quotes ?? []).filter((text) => !seen.has(text) && seen.add(text)) }));
  return make("div", { class: "body" },
    (finding.subjects ?? []).map((index) => make("span", {}, nodeButton(index, 24), " ")),
    part("why", pick(rule.why)),
    make("h4", {}, say("evidence")),
    quotes.length ? quotes : make("p", { class: "quiet" }, say("no_evidence")),
    part("remedy", pick(finding.remedy)),
    part("question", pick(rule.question)),
    part("basis", pick(rule.basis)),
    rule.cypher ? make("details", {}, make("summary", {}, say("cypher")), code(rule.cypher)) : null,
    make("p", { class: "quiet" }, [finding.rule, finding.fingerprint, finding.location].filter(Boolean).join(" · ")),
    make("button", { onclick: (event) => copy(location.href, event.currentTarget) }, say("copy_link")));
}

function otherRules() {
  return ["passed", "not_applicable"].map((status) => {
    const named = Object.entries(rules).filter(([, rule]) => rule.status === status);
    if (!named.length) return null;
    const title = say(status === "passed" ? "passed_rules" : status);
    return make("details", { class: "quiet" }, make("summary", {}, `${title} (${named.length})`),
      make("ul", {}, named.map(([id, rule]) => make("li", { title: id }, pick(rule.title)))));
  }).filter(Boolean);
}

function leadWords(shown = findings) {
  const count = (name) => shown.filter((finding) => grade(finding) === name).length;
  if (!Object.keys(rules).length) return [say("lead_unchecked", nodes.length, relations.length)];
  if (!findings.length) return [say("lead_clean", Object.keys(rules).length)];
  const counted = GRAVITY.filter(count).map((name) => say(`count_${name}`, count(name)));
  const first = count("error") || count("warning") || count("note") ? say("gravest") : say("look_first");
  return [`${count("error") ? "" : say("no_break")}${listed(counted)}${say("stop")}${first}`];
}

// The first sentence a reader sees: how many breaks, and the gravest one as a button.
function showLead() {
  const first = findings[0];
  const parts = leadWords();
  if (first) {
    parts.push(make("button", { class: `plain isolate ${grade(first)}`, id: "worst", onclick: () => change({ ...CLEARED, finding: first.fingerprint, tab: "map", side: "findings" }) }, pick(first.message)));
  }
  $("lead").replaceChildren(...parts);
}

function revealFinding() {
  if (state.finding) document.querySelector(".finding.open")?.scrollIntoView({ block: "nearest" });
}

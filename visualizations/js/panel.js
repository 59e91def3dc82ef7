// Parts that several panels use: names as buttons, quotes, code with a copy button, symbols.

const SVG = "http://www.w3.org/2000/svg";

function drawing(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function symbolIcon(shape, color) {
  const path = drawing("path", { d: outline(shape, 9, 7, 5.5), fill: color, stroke: darkOn(color) ? "#6b7680" : color });
  return drawing("svg", { width: 18, height: 14, "aria-hidden": "true" }, path);
}

function lineIcon(color, width, dashes) {
  const line = drawing("path", { d: "M1,6H27", stroke: color, "stroke-width": width, fill: "none" });
  if (dashes) line.setAttribute("stroke-dasharray", dashes.join(" "));
  return drawing("svg", { width: 28, height: 12, "aria-hidden": "true" }, line);
}

function nodeButton(index, length = 60) {
  const node = nodes[index];
  return make("button", { class: "plain isolate", title: kindWord(node), onclick: () => change({ ...CLEARED, finding: state.finding, node: node.id, tab: "map" }) }, clip(node.name, length));
}

function quote(evidence) {
  const source = evidence.source ? data.sources?.[evidence.source] : null;
  const about = [source?.title ?? evidence.source, source?.number, source?.date, evidence.line ? say("line_word", evidence.line) : ""];
  return (evidence.quotes ?? []).map((text) => make("blockquote", { class: "isolate" }, text,
    make("cite", {}, about.filter(Boolean).join(" · "))));
}

function code(text) {
  return [make("pre", { tabindex: "0" }, text), make("button", { onclick: (event) => copy(text, event.currentTarget) }, say("copy"))];
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  const before = button.textContent;
  button.textContent = say("copied");
  announce(say("copied"));
  setTimeout(() => { button.textContent = before; }, 1500);
}

function statusTag(item) {
  const status = statusOf(item);
  if (status === "现行") return null;
  return make("span", { class: `tag ${terms.terms.statuses[status].line}` }, term("statuses", status));
}

function mark(name) {
  return make("span", { class: `mark ${name}`, role: "img", "aria-label": severityWord(name) }, terms.severities[name].mark);
}
const severityWord = (name) => terms.severities[name][language()];

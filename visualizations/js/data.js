// The data of the page, and small words over it.

const parse = (id) => JSON.parse(document.getElementById(id).textContent);
const data = parse("data-map");
const picture = parse("data-network");
const words = data.words;
const terms = { types: {}, kinds: {}, ...data.vocabulary };
const nodes = data.nodes ?? [];
const relations = data.relations ?? [];
const findings = data.findings ?? [];
const rules = data.rules ?? {};
const byId = new Map(nodes.map((node, index) => [node.id, index]));
const relationById = new Map(relations.map((relation, index) => [relation.id, index]));
const byFingerprint = new Map(findings.map((finding, index) => [finding.fingerprint, index]));
const touching = nodes.map(() => []); // node → its relations, both ways
relations.forEach((relation, index) => {
  touching[relation.from].push(index);
  if (relation.to !== relation.from) touching[relation.to].push(index);
});
const findingsOf = nodes.map(() => []); // node → the findings whose subject it is, then those it is part of
findings.forEach((finding, index) => {
  for (const node of finding.nodes ?? []) findingsOf[node].push(index);
});
const GRAVITY = ["error", "warning", "note", "undetermined"];

const language = () => state.lang || data.language;
const grade = (finding) => (finding.status === "undetermined" ? "undetermined" : finding.severity);
const statusOf = (item) => item.status ?? "现行";

function say(key, ...values) {
  const text = words[key]?.[language()] ?? key;
  return values.reduce((result, value, index) => result.replaceAll(`{${index}}`, String(value)), text);
}

const pick = (text) => (text ? text[language()] || text.zh || text.en || "" : "");

// A word of the vocabulary in the reader's language; Chinese words are their own names.
function term(group, word) {
  if (language() !== "en" || !word) return word ?? "";
  const known = terms[group]?.[word] ?? terms.terms?.[group]?.[word];
  return known?.en ?? word;
}
const kindWord = (node) => (language() === "en" ? terms.kinds?.[`${node.family}/${node.kind}`]?.en ?? node.kind : node.kind);
const typeWord = (relation) => term("types", relation.type);
const groupOf = (relation) => terms.types[relation.type].group;
const listed = (items) => items.join(language() === "zh" ? "、" : ", ");

// The worst that is said of a node as the subject of a finding; null where nothing is.
const worst = nodes.map(() => null);
for (const finding of findings) {
  const subject = finding.subjects?.[0];
  if (subject === undefined) continue;
  const found = grade(finding);
  if (worst[subject] === null || GRAVITY.indexOf(found) < GRAVITY.indexOf(worst[subject])) worst[subject] = found;
}

// An element with attributes, listeners and children; text only ever becomes text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const clip = (text, length = 160) => (text.length > length ? `${text.slice(0, length)}…` : text);
const $ = (id) => document.getElementById(id);
const announce = (text) => { $("status").textContent = text; };

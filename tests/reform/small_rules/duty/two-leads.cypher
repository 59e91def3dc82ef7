// id: duty/two-leads
// severity: error
// title: {zh: 多家主责, en: two-leads}
// question: {zh: 问, en: Asks}
// why: {zh: 因, en: Why}
// remedy: {zh: 办, en: Do}
// basis: {zh: 据, en: Basis}
// messages: {zh: "“{name}”多家主责", en: "{name}: two-leads"}
// identity: [subject]
// population: "MATCH (d:事项) RETURN count(d)"
MATCH (o)-[l:主责]->(d:事项)
WHERE l.status = '现行'
WITH d, count(DISTINCT o.id) AS leads, collect(DISTINCT l.id) AS links
WHERE leads > 1
RETURN [d.id] AS subjects, links AS relations, 'violated' AS status, d.id AS subject, d.name AS name
ORDER BY subject

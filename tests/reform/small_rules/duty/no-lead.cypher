// id: duty/no-lead
// severity: error
// title: {zh: 无人主责, en: no-lead}
// question: {zh: 问, en: Asks}
// why: {zh: 因, en: Why}
// remedy: {zh: 办, en: Do}
// basis: {zh: 据, en: Basis}
// messages: {zh: "“{name}”无人主责", en: "{name}: no-lead"}
// identity: [subject]
// population: "MATCH (d:事项) RETURN count(d)"
MATCH (d:事项)
WHERE d.status = '现行' AND d.kind = '职责' AND NOT EXISTS { MATCH (o)-[l:主责]->(d) WHERE l.status = '现行' }
RETURN [d.id] AS subjects, [] AS relations, 'violated' AS status, d.id AS subject, d.name AS name
ORDER BY subject

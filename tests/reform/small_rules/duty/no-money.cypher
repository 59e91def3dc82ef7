// id: duty/no-money
// severity: warning
// title: {zh: 钱不够, en: no-money}
// question: {zh: 问, en: Asks}
// why: {zh: 因, en: Why}
// remedy: {zh: 办, en: Do}
// basis: {zh: 据, en: Basis}
// messages: {zh: "“{name}”钱不够", en: "{name}: no-money"}
// identity: [subject]
// population: "MATCH (d:事项) RETURN count(d)"
MATCH (d:事项)-[n:需要]->(m:资源), (o:组织)-[h:持有]->(m)
WHERE n.status = '现行' AND m.kind = '资金' AND (h.extent = '部分' OR h.status = '缺失')
RETURN [d.id, o.id] AS subjects, [n.id, h.id] AS relations, 'violated' AS status, d.id AS subject, d.name AS name
ORDER BY subject

// id: most-connected
// title: {zh: 关系最多的机构, en: The most connected bodies}
// about:
//   zh: 每个机构在现行关系中与多少不同的机构、岗位、事项相连。
//   en: >-
//     How many different nodes each body is joined to by relations in force.
// params:
//   limit: {type: integer, default: 20, doc: rows}
MATCH (x:组织)-[r]-(y)
WHERE r.status = '现行' AND r.type <> '上级' AND x.id <> y.id
RETURN x.name AS body, x.kind AS kind, count(DISTINCT y.id) AS neighbours
ORDER BY neighbours DESC, body, kind
LIMIT $limit

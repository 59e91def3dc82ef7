// id: lines-by-dimension
// title: {zh: 每一维度有几条线, en: Lines of superiors by dimension}
// about:
//   zh: 每个机构的每一维度由哪几条线（块）管理；多于一条的排在前面。
//   en: >-
//     Which lines (places) hold each dimension of each body; those with several come first.
MATCH (x)-[r:上级]->(:组织)
WHERE r.status = '现行'
RETURN x.name AS body, r.dimension AS dimension, count(DISTINCT r.place) AS lines, count(DISTINCT r.via) AS relations
ORDER BY lines DESC, relations DESC, body, dimension

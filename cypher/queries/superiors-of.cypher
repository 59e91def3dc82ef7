// id: superiors-of
// title: {zh: 机构的全部上级, en: Superiors of a body}
// about:
//   zh: 一个机构、岗位或人员的全部上级，按维度。
//   en: >-
//     All superiors of a body, post or person, by dimension.
// params:
//   name: {type: text, default: 盘城街道, doc: name of the body, post or person}
MATCH (x)-[r:上级]->(s:组织)
WHERE x.name = $name AND r.status = '现行'
RETURN x.name AS body, r.dimension AS dimension, s.name AS superior, r.place AS line
ORDER BY body, dimension, superior, line

// id: leads
// title: {zh: 每个事项的主责, en: The lead of each duty}
// about:
//   zh: 每个事项由谁主责；没有写明的也列出。
//   en: >-
//     Who leads each duty; those without a stated lead too.
MATCH (d:事项)
WHERE d.status = '现行'
OPTIONAL MATCH (x)-[r:主责]->(d)
WHERE r.status = '现行'
RETURN d.name AS duty, d.kind AS kind, x.name AS lead
ORDER BY duty, kind, lead

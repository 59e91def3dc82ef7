// id: unclear
// title: {zh: 说不清的划分, en: Unclear or disputed divisions}
// about:
//   zh: 原文说划分不清或有争议的事项和关系。
//   en: >-
//     Duties and relations that the document calls unclear or disputed.
MATCH (d:事项)
WHERE d.clarity IN ['不清', '争议']
OPTIONAL MATCH (x)-[r:主责|配合]->(d)
WHERE r.status = '现行'
WITH d, count(DISTINCT x.id) AS holders
RETURN d.name AS duty, d.clarity AS clarity, holders
ORDER BY duty, clarity

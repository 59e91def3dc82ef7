// id: blocked
// title: {zh: 受阻和缺失的关系, en: What is blocked or missing}
// about:
//   zh: 原文说办不成的、没有的，连同依据。
//   en: >-
//     What the document says could not be done, or is not there.
MATCH (a)-[r]->(b)
WHERE r.status IN ['受阻', '缺失'] AND r.type <> '上级'
RETURN a.name AS from_, r.type AS type, b.name AS to_, r.dimension AS dimension, r.status AS status, r.source AS source, r.line AS line
ORDER BY type, from_, to_, dimension, line

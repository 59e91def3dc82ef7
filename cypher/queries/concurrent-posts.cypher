// id: concurrent-posts
// title: {zh: 兼任, en: Concurrent posts}
// about:
//   zh: 谁兼任什么，两个岗位各属哪个机构。
//   en: >-
//     Who holds which posts at once, and the bodies of both.
MATCH (a)-[r:兼任]->(b)
OPTIONAL MATCH (o:组织)-[:设岗]->(a)
OPTIONAL MATCH (p:组织)-[:设岗]->(b)
RETURN a.name AS holder, o.name AS body, b.name AS also, p.name AS body_also, r.status AS status
ORDER BY holder, also, body, body_also, status

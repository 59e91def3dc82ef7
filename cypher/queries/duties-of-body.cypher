// id: duties-of-body
// title: {zh: 机构的事项, en: Duties of a body}
// about:
//   zh: 一个机构主责、配合、审批、监督、出资的事项。
//   en: >-
//     The duties that a body leads, supports, approves, supervises or pays for.
// params:
//   name: {type: text, default: 盘城街道, doc: name of the body}
MATCH (x)-[r:主责|配合|审批|监督|出资]->(d:事项)
WHERE x.name = $name
RETURN x.name AS body, r.type AS role, d.name AS duty, r.status AS status
ORDER BY role, duty, status

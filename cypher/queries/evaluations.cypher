// id: evaluations
// title: {zh: 谁考核谁, en: Who evaluates whom}
// about:
//   zh: 考核关系，考核什么，是否联合。
//   en: >-
//     Evaluations: about what, and whether joint.
MATCH (a)-[r:考核]->(b)
RETURN a.name AS evaluator, b.name AS evaluated, r.about AS about, r.joint AS joint, r.status AS status
ORDER BY evaluated, evaluator, about, joint, status

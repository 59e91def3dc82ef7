// id: reporting/evaluation-inversion
// severity: warning
// title: {zh: 考核倒置, en: Inverted evaluation}
// question:
//   zh: 是否有单位就自己牵头的事去考核只是配合的一方？考核关系是否绕成一圈？
//   en: Does a body score a mere supporter on a duty that it leads itself? Does evaluation run in a circle?
// why:
//   zh: 牵头的给配合的打分，责任就随考核转给了下面；互相打分绕成一圈，谁的分数都不独立。
//   en: A lead that scores its supporter passes the responsibility down with the score; where scores run in a circle none is independent.
// remedy:
//   zh: 由共同上级考核牵头单位，并听取配合方评价；取消循环考核或改由第三方考核。
//   en: Have the common superior evaluate the lead and hear the supporter; break the circle or let a third party score.
// basis:
//   zh: 中共中央办公厅《关于统筹规范督查检查考核工作的通知》（2018年）：不得随意将责任转嫁给基层
//   en: General Office of the CPC Central Committee, Notice on coordinating and regulating inspection and evaluation (2018), responsibility is not to be shifted downward
// messages:
//   zh: “{name}”{shape}
//   en: “{name}” {shape}
// shapes:
//   inverted:
//     zh: 在{duties}上只是配合，却由牵头的{evaluators}考核
//     en: only supports {duties}, and is scored on it by the lead, {evaluators}
//   circle:
//     zh: 处在考核的循环之中（{order}）
//     en: stands in a circle of evaluation ({order})
// identity: [subject, circle]
// analysis: loops
// population: MATCH (e)-[k:考核]->(x) WHERE k.status = '现行' RETURN count(k.id)
// params:
//   shortest:
//     type: integer
//     default: 3
//     doc: two bodies that score each other are a two-way evaluation, which is agreed practice
//   longest:
//     type: integer
//     default: 4
//     doc: circles of more bodies are not looked for; a longer one is more likely an accident of the data than a practice
//   mechanisms:
//     type: texts
//     default: [领导小组, 协调机构]
//     doc: kinds of bodies that lead and score on behalf of all their members
MATCH (e:组织)-[k:考核]->(x:组织)
WHERE k.status = '现行' AND k.about IS NOT NULL AND k.basis IS NULL AND k.joint IS NULL AND NOT e.kind IN $mechanisms
WITH e, k, x
MATCH (d:事项)
WHERE d.id = k.about
WITH e, k, x, d
MATCH (d)<-[l:主责]-(y:组织)
WITH e, k, x, l, d, y
WHERE l.status = '现行' AND id(y) = id(e)
MATCH (d)<-[s:配合]-(z:组织)
WITH e, k, x, s, d, l, z
WHERE s.status = '现行' AND id(z) = id(x)
  AND NOT EXISTS { MATCH (x)-[m:主责]->(d) WHERE m.status = '现行' }
  // a superior may score its subordinates on what it leads
  AND NOT EXISTS { MATCH (x)-[u:上级]->(e) WHERE u.status = '现行' }
  AND NOT EXISTS { MATCH (x)-[u:上级]->(y:组织)-[v:上级]->(e) WHERE u.status = '现行' AND v.status = '现行' }
  // so may whoever has handed the work over
  AND NOT EXISTS { MATCH (e)-[g:授权|委托]->(x) WHERE g.status = '现行' AND g.about = d.id }
RETURN [x.id] + collect(DISTINCT e.id) + collect(DISTINCT d.id) AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT s.id) + collect(DISTINCT l.id) AS relations, 'violated' AS status,
       x.id AS subject, x.name AS name, 'inverted' AS shape, '' AS circle, '-' AS matter, '--' AS target, '---' AS target_name,
       collect(DISTINCT d.name) AS duties, collect(DISTINCT e.name) AS evaluators
ORDER BY subject
UNION ALL
MATCH (a:组织)-[k:考核]->(b:组织)
WHERE k.status = '现行' AND k.joint IS NULL AND k.basis IS NULL AND a.id <> b.id
  AND EXISTS { MATCH (b)-[n:考核]->(c:组织) WHERE n.status = '现行' }
  AND EXISTS { MATCH (z:组织)-[m:考核]->(a) WHERE m.status = '现行' }
RETURN [a.id, b.id] AS subjects, [k.id] AS relations, 'violated' AS status,
       a.id AS subject, a.name AS name, 'step' AS shape, '' AS circle, coalesce(k.about, '') AS matter,
       b.id AS target, b.name AS target_name, [a.name] AS duties, [b.name] AS evaluators
ORDER BY subject, target, matter

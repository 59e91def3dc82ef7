// id: coordination/referral-loop
// severity: error
// title: {zh: 推诿循环, en: Referral loop}
// question:
//   zh: 同一件事是否在几个单位之间转来转去，最后又转回第一家？
//   en: Is one matter referred from body to body until it is back at the first?
// why:
//   zh: 每一家都“已转办”，事情却没有人办；群众跑一圈回到原点。
//   en: Each body has “referred it on” and none acts; whoever asks is sent round and ends where they began.
// remedy:
//   zh: 由机构编制部门或共同上级对该事项明确牵头单位，实行首接负责；转办须经接收方确认。
//   en: Have the establishment office or the common superior name a lead; make the first to receive answer for it, and let referrals need acceptance.
// basis:
//   zh: 《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）第十条：职责划分有异议的应当协商，协商不一致的提请机构编制管理机关协调、报本级政府决定
//   en: Regulations on the Establishment of Local Governments (State Council Decree 486), art. 10 (disputes over duties are negotiated, then decided by the government of that level)
// messages:
//   zh: “{matter_name}”被转来转去：{order}
//   en: “{matter_name}” is referred in a circle - {order}
// undetermined:
//   zh: 转办绕成一圈（{order}），但有的转办没有写明是哪件事。请向这些单位核实所转的是不是同一事项
//   en: referrals run in a circle ({order}), but for some of them the matter is not stated. Ask these bodies whether it is one matter
// identity: [matter, circle]
// analysis: loops
// population: MATCH (a:组织)-[r:转办]->(b:组织) WHERE r.status = '现行' RETURN count(r.id)
// params:
//   shortest:
//     type: integer
//     default: 2
//     doc: a matter passed on and passed back has gone in a circle already
//   longest:
//     type: integer
//     default: 6
//     doc: circles of more bodies are not looked for; a matter that passes more than six bodies has other problems
MATCH (a:组织)-[r:转办]->(b:组织)
WHERE r.status = '现行' AND a.id <> b.id
  AND EXISTS { MATCH (b)-[n:转办]->(c:组织) WHERE n.status = '现行' }
  AND EXISTS { MATCH (z:组织)-[m:转办]->(a) WHERE m.status = '现行' }
OPTIONAL MATCH (d:事项) WHERE d.id = r.about
RETURN [a.id, b.id] AS subjects, [r.id] AS relations, 'violated' AS status,
       a.id AS subject, a.name AS name, 'step' AS shape, coalesce(r.about, '') AS matter,
       coalesce(d.name, r.about, '') AS matter_name, b.id AS target, b.name AS target_name
ORDER BY subject, target, matter

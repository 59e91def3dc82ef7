// id: funding/payment-detour
// severity: warning
// title: {zh: 拨款绕行, en: Payment detour}
// question:
//   zh: 给某机构的钱，是否先到另一条线的单位，由它认定后再付？
//   en: Does money meant for one body go first to a body of another line, which approves it and pays again?
// why:
//   zh: 多一道认定、多一次支付，效率降低；卡住时，出钱的和用钱的都管不了中间一方。
//   en: Each further approval and payment costs time, and where it sticks neither payer nor payee has power over the body in between.
// remedy:
//   zh: 恢复按原渠道直接拨付；确需经手的，改为备案或限时办结。
//   en: Pay directly by the old channel; where another body must know, let it be notified, or bound by a time limit.
// basis:
//   zh: 《中华人民共和国预算法》第六十一条（国库集中收付）：资金由国库直接支付，减少中间环节
//   en: Budget Law of the People's Republic of China, art. 61 (central treasury payment), money is paid from the treasury with fewer stops on the way
// messages:
//   zh: 给“{name}”的{money}由{payers}先拨到{via}，{shape}
//   en: the {money} for “{name}” goes from {payers} first to {via}, {shape}
// shapes:
//   paid_again: {zh: 再由其认定、支付, en: which approves and pays again}
//   approved: {zh: 须经其认定, en: which must approve it}
// undetermined:
//   zh: 给“{name}”的{money}由{payers}拨到{via}，是否已转付、是否须经{via}审批没有写明。请向{via}核实
//   en: the {money} for “{name}” is paid by {payers} to {via}; whether it is passed on, and whether {via} must approve, is not stated. Ask {via}
// identity: [subject, via_id]
// population: MATCH (a:组织)-[p:拨款]->(m) WHERE p.status = '现行' AND p.beneficiary IS NOT NULL RETURN count(p.id)
MATCH (a:组织)-[p:拨款]->(m:组织)
WHERE p.status = '现行' AND p.beneficiary IS NOT NULL AND p.beneficiary <> m.id AND p.basis IS NULL
MATCH (x:组织) WHERE x.id = p.beneficiary
WITH a, p, m, x, coalesce(p.about, '') AS matter, coalesce(m.place, '') AS line
OPTIONAL MATCH (m)-[v:审批]->(z:资源) WHERE v.status = '现行' AND z.id = matter
OPTIONAL MATCH (m)-[q:拨款]->(x) WHERE q.status = '现行' AND coalesce(q.about, '') = matter
OPTIONAL MATCH (f:资源) WHERE f.id = matter
WITH a, p, m, x, line, v, q, f
WHERE (v.id IS NOT NULL OR q.id IS NULL)
  // through its own treasury is the ordinary way: the body in between is its superior in budget or administration
  AND NOT EXISTS { MATCH (x)-[u:上级]->(y:组织)
                   WHERE u.status = '现行' AND u.dimension IN ['经费', '行政'] AND (y.id = m.id OR y.place = line) }
WITH a, p, m, x, v, q, f, CASE WHEN v.id IS NULL THEN 'undetermined' ELSE 'violated' END AS verdict
RETURN [x.id, m.id] + collect(DISTINCT a.id) + collect(DISTINCT coalesce(f.id, a.id)) AS subjects,
       collect(DISTINCT p.id) + collect(DISTINCT coalesce(v.id, p.id)) + collect(DISTINCT coalesce(q.id, p.id)) AS relations, verdict AS status,
       x.id AS subject, m.id AS via_id, x.name AS name, m.name AS via, collect(DISTINCT a.name) AS payers,
       collect(DISTINCT coalesce(f.name, '资金')) AS money, CASE WHEN count(DISTINCT q.id) > 0 THEN 'paid_again' ELSE 'approved' END AS shape
ORDER BY subject, via_id, status

// id: reporting/split-channels
// severity: error
// title: {zh: 条块错位, en: Split channels}
// question:
//   zh: 是否有机构已由一方管理，而本应随之划过去的党务、人事、编制、经费、统计等渠道没有划成，仍由另一条线掌握？
//   en: Is a body managed by one side while channels that were to move with it (party, personnel, establishment, budget, statistics) did not, and are still held by another line?
// why:
//   zh: 维度分开本身合法。但该划未划，就成了管事的不管人、不管钱：责任在一方，手段在另一方，事情两头跑。
//   en: A split of dimensions is legal in itself. Where the channels were meant to move and did not, who answers for the work holds neither people nor money, and every matter runs twice.
// remedy:
//   zh: 由共同上级对各条渠道逐项定性：能划的限期划转到位，不能划的发文明确由原渠道承担并约定衔接办法。
//   en: Have the common superior decide channel by channel, by a paper, to move it by a date, or to leave it with the old line with an agreed procedure.
// basis:
//   zh: 《中国共产党机构编制工作条例》（2019年）关于优化协同高效、权责一致的原则
//   en: Regulations on the Work of Institutional Establishment of the CPC (2019), principle that powers and responsibilities match
// messages:
//   zh: “{name}”的{managed}已由{managers}管理，{channels}却未能划入，仍由{holders}掌握
//   en: “{name}” is managed by {managers} ({managed}), but {channels} could not be moved there and are still held by {holders}
// undetermined:
//   zh: “{name}”的{managed}已由{managers}管理，{channels}未能划入，现由谁掌握没有写明。请向“{name}”核实
//   en: “{name}” is managed by {managers} ({managed}); {channels} could not be moved there, and who holds them now is not stated. Ask “{name}”
// identity: [subject, line]
// population: MATCH (x:组织)-[r:上级]->(s:组织) WHERE r.status = '现行' AND x.status = '现行' RETURN count(DISTINCT x.id)
// params:
//   channels:
//     type: texts
//     default: [党务, 人事, 编制, 工资, 经费, 统计]
//     doc: dimensions that are means (people, money, reporting) and so should follow the management of a body
MATCH (x:组织)-[w:上级]->(g:组织)
WHERE w.status IN ['受阻', '缺失'] AND w.dimension IN $channels
WITH x, w
MATCH (x)-[m:上级]->(a:组织)
WITH x, w, m, a
WHERE m.status = '现行' AND m.place = w.place AND NOT m.dimension IN $channels AND x.status = '现行'
WITH x, w, m, a, m.place AS line, w.dimension AS channel
OPTIONAL MATCH (x)-[o:上级]->(:组织)
WITH x, w, m, a, line, channel,
     count(DISTINCT CASE WHEN o.status = '现行' AND o.dimension = channel AND o.place = line THEN o.id END) AS same
WHERE same = 0
OPTIONAL MATCH (x)-[h:上级]->(b:组织)
WHERE h.status = '现行' AND h.dimension = channel AND h.place <> line
WITH x, w, m, a, h, b
// the paper that gave the management left the channel where it was: settled
WHERE h.id IS NULL OR h.basis IS NULL OR m.basis IS NULL OR h.basis <> m.basis
WITH x, w, m, a, h, b, CASE WHEN h.id IS NULL THEN 'undetermined' ELSE 'violated' END AS verdict
RETURN [x.id] + collect(DISTINCT a.id) + collect(DISTINCT coalesce(b.id, a.id)) AS subjects,
       collect(DISTINCT w.id) + collect(DISTINCT m.id) + collect(DISTINCT coalesce(h.id, m.id)) AS relations,
       verdict AS status, x.id AS subject, x.name AS name, m.place AS line,
       coalesce(collect(DISTINCT m.dimension), []) AS managed, collect(DISTINCT a.name) AS managers,
       collect(DISTINCT w.dimension) AS channels, coalesce(collect(DISTINCT b.name), []) AS holders
ORDER BY subject, line, status

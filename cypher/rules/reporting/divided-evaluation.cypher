// id: reporting/divided-evaluation
// severity: warning
// title: {zh: 多头考核, en: Divided evaluation}
// question:
//   zh: 一个机构是否就同一事项被不同的线分别考核，既无联合考核，也无文件或主辅分工？合并后的机构是否仍按合并前的几家分开考核？
//   en: Is a body evaluated on the same matter by several lines apart, with no joint evaluation, paper or ranking? Or is a merged body still evaluated as the bodies it was made from?
// why:
//   zh: 多头考核使基层忙于应付、目标互相打架；合并后仍分开考核，任务就无法统筹。
//   en: Divided evaluation keeps a body busy with returns and sets it targets that conflict; a merged body that is scored in parts cannot plan as one.
// remedy:
//   zh: 合并为一次联合考核，统一指标和结果运用；对已合并的机构按一个主体考核。
//   en: Make it one joint evaluation with one set of targets; evaluate a merged body as one.
// basis:
//   zh: 中共中央办公厅《关于统筹规范督查检查考核工作的通知》（2018年）：防止重复考核、多头考核
//   en: General Office of the CPC Central Committee, Notice on coordinating and regulating inspection and evaluation (2018), no repeated or divided evaluation
// messages:
//   zh: “{name}”{shape}
//   en: “{name}” {shape}
// shapes:
//   apart:
//     zh: 由{lines}几条线就同一事项分别考核（{evaluators}），没有联合考核，也没有同一份文件或主辅分工
//     en: is evaluated on the same matter by several lines apart, {lines} ({evaluators}), neither jointly nor under one paper or ranking
//   merged:
//     zh: 由{parts}合并而成，仍被{evaluators}按合并前的几家分开考核
//     en: was made from {parts} and is still evaluated by {evaluators} as those bodies apart
// undetermined:
//   zh: “{name}”被{evaluators}就同一事项考核，其中有的属于哪一块没有写明，无法判断是否多头。请向“{name}”核实各考核单位的归属和分工
//   en: “{name}” is evaluated on the same matter by {evaluators}; to which place some of them belong is not stated, so divided or not is open. Ask “{name}” who they are and how they divide it
// identity: [subject, shape]
// population: MATCH (e)-[k:考核]->(x:组织) WHERE k.status = '现行' RETURN count(DISTINCT x.id)
MATCH (e:组织)-[k:考核]->(x:组织)<-[j:考核]-(f:组织)
WHERE k.status = '现行' AND j.status = '现行' AND x.status = '现行' AND e.id < f.id
  AND coalesce(k.about, '') = coalesce(j.about, '')
  AND coalesce(e.place, e.id) <> coalesce(f.place, f.id)
  AND coalesce(k.joint, k.id) <> coalesce(j.joint, j.id)
  AND coalesce(k.basis, k.id) <> coalesce(j.basis, j.id)
  AND coalesce(k.role, '') = coalesce(j.role, '')
WITH e, k, x, j, f, coalesce(e.place, '') AS home, coalesce(f.place, '') AS away
WHERE NOT EXISTS { MATCH (e)-[o:合署|挂牌]-(p:组织) WHERE o.status = '现行' AND p.id = f.id }
WITH e, k, x, j, f, home, away
// neither line stands above the other
OPTIONAL MATCH (e)-[c:上级]->(y:组织)
OPTIONAL MATCH (y)-[d:上级]->(z:组织)
WITH e, k, x, j, f, home, away,
     count(DISTINCT CASE WHEN c.status = '现行' AND (y.place = away OR y.id = f.id) THEN c.id
                         WHEN c.status = '现行' AND d.status = '现行' AND (z.place = away OR z.id = f.id) THEN d.id END) AS above
WHERE above = 0
OPTIONAL MATCH (f)-[c:上级]->(y:组织)
OPTIONAL MATCH (y)-[d:上级]->(z:组织)
WITH e, k, x, j, f,
     count(DISTINCT CASE WHEN c.status = '现行' AND (y.place = home OR y.id = e.id) THEN c.id
                         WHEN c.status = '现行' AND d.status = '现行' AND (z.place = home OR z.id = e.id) THEN d.id END) AS above
WHERE above = 0
WITH x, e, f, k, j, CASE WHEN e.place IS NULL OR f.place IS NULL THEN 'undetermined' ELSE 'violated' END AS verdict
RETURN [x.id] + collect(DISTINCT e.id) + collect(DISTINCT f.id) AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT j.id) AS relations, verdict AS status,
       x.id AS subject, x.name AS name, 'apart' AS shape,
       collect(DISTINCT coalesce(e.place, e.name)) + collect(DISTINCT coalesce(f.place, f.name)) AS lines,
       collect(DISTINCT e.name) + collect(DISTINCT f.name) AS evaluators, [x.name] AS parts
ORDER BY subject, status
UNION ALL
MATCH (a:组织)-[p:合并为]->(x:组织)<-[q:合并为]-(b:组织)
WHERE p.status = '现行' AND q.status = '现行' AND x.status = '现行' AND a.id <> b.id
MATCH (e:组织)-[k:考核]->(a)
WHERE k.status = '现行' AND EXISTS { MATCH (f:组织)-[j:考核]->(b) WHERE j.status = '现行' }
RETURN [x.id] + collect(DISTINCT a.id) + collect(DISTINCT e.id) AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT p.id) AS relations, 'violated' AS status,
       x.id AS subject, x.name AS name, 'merged' AS shape,
       collect(DISTINCT coalesce(e.place, e.name)) AS lines,
       collect(DISTINCT e.name) AS evaluators, collect(DISTINCT a.name) AS parts
ORDER BY subject, status

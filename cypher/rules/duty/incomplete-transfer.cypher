// id: duty/incomplete-transfer
// severity: error
// title: {zh: 放权不到位, en: Incomplete transfer}
// question:
//   zh: 应当移交的职责、权力、人员、编制或经费，是否没有移交，或只移交了一部分？
//   en: Has what was to be handed over (duty, power, people, posts, money) not been handed over, or only in part?
// why:
//   zh: 事下去了，权、人、钱没有跟着下去，接的一方有责无力，放的一方有权无责。
//   en: When the work moves but power, people and money stay, the receiver has the duty without the means and the giver the means without the duty.
// remedy:
//   zh: 列出移交清单，人员、编制、经费随职责一次划转；移不动的，写明由谁继续负责。
//   en: Draw up a list and move people, posts and money with the duty; where something cannot be moved, state who stays responsible.
// basis:
//   zh: 中办、国办《关于推进基层整合审批服务执法力量的实施意见》（2019年）：编随事走、人随编走
//   en: General Offices of the CPC Central Committee and the State Council (2019) on integrating primary-level approval, service and enforcement staff, posts follow duties and people follow posts
// messages:
//   zh: 应移交{receivers}的“{items}”{shape}
//   en: “{items}”, due to be handed to {receivers}, {shape}
// undetermined:
//   zh: “{items}”应移交{receivers}，仍见于{keepers}名下，没有写明是否已经移交；请向{keepers}和{receivers}核实
//   en: “{items}” was to be handed to {receivers} and is still with {keepers}; whether it was handed over is not stated; ask both
// shapes:
//   none: {zh: "没有移交", en: "has not been handed over"}
//   none-kept: {zh: "没有移交，仍由{keepers}掌握", en: "has not been handed over and stays with {keepers}"}
//   partial: {zh: "只移交了一部分", en: "has been handed over in part only"}
//   partial-kept: {zh: "只移交了一部分，其余仍由{keepers}掌握", en: "has been handed over in part only; the rest stays with {keepers}"}
//   mixed: {zh: "没有移交，其中“{begun}”移交了一部分", en: "has not been handed over, except that a part of “{begun}” was"}
//   mixed-kept: {zh: "没有移交（其中“{begun}”移交了一部分），仍由{keepers}掌握", en: "has not been handed over (a part of “{begun}” was) and stays with {keepers}"}
//   unstated: {zh: "没有写明是否移交", en: "may or may not have been handed over"}
// identity: [line]
// population: MATCH (x)-[t:应移交]->(y:组织) WHERE t.status IN ['现行', '受阻', '缺失'] RETURN count(DISTINCT x.id)
MATCH (x)-[t:应移交]->(y:组织)
WHERE CASE WHEN t.status = '现行' THEN t.extent ELSE t.status END IN ['缺失', '受阻', '部分', '无']
  AND NOT EXISTS {
    MATCH (x)-[:包含]->(p:事项)-[u:应移交]->(z:组织)
    WHERE CASE WHEN u.status = '现行' THEN u.extent ELSE u.status END IN ['缺失', '受阻', '部分', '无'] }
WITH x, min(y.case_id + ' ' + coalesce(y.place, y.name)) AS line
MATCH (x)-[t:应移交]->(y:组织)
WHERE CASE WHEN t.status = '现行' THEN t.extent ELSE t.status END IN ['缺失', '受阻', '部分', '无']
WITH x, line, t, y, coalesce(y.place, y.id) AS home
OPTIONAL MATCH (x)-[k:主责|审批|持有|隶属|派驻]-(o:组织)
WITH x, line, t, y, k, o, k.status = '现行' AND coalesce(o.place, o.id) <> home AS keeps
WITH line, min(DISTINCT y.id) AS receiver, collect(DISTINCT y.id) AS to_ids, collect(DISTINCT y.name) AS receivers,
     collect(DISTINCT x.id) AS moved, collect(DISTINCT x.name) AS items,
     coalesce(collect(DISTINCT CASE WHEN keeps THEN o.id END), []) AS kept,
     coalesce(collect(DISTINCT CASE WHEN keeps THEN o.name END), []) AS keepers,
     collect(DISTINCT t.id) + coalesce(collect(DISTINCT CASE WHEN keeps THEN k.id END), []) AS links,
     coalesce(collect(DISTINCT CASE WHEN t.status = '现行' AND t.extent = '部分' THEN x.name END), []) AS begun,
     coalesce(collect(DISTINCT CASE WHEN t.status <> '现行' OR t.extent = '无' THEN x.name END), []) AS stuck
RETURN [receiver] + moved + to_ids + kept AS subjects, links AS relations, 'violated' AS status,
       line, receivers, items, keepers, begun,
       CASE WHEN size(begun) = 0 THEN 'none' WHEN size(stuck) = 0 THEN 'partial' ELSE 'mixed' END
       + CASE WHEN size(keepers) = 0 THEN '' ELSE '-kept' END AS shape
ORDER BY line
UNION
MATCH (x)-[t:应移交]->(y:组织), (x)-[k:主责|审批|持有|隶属]-(o:组织)
WHERE t.status = '现行' AND t.extent IS NULL AND k.status = '现行'
  AND coalesce(o.place, o.id) <> coalesce(y.place, y.id)
  AND NOT EXISTS { MATCH (x)-[h:主责|审批|持有|隶属]-(z:组织) WHERE h.status = '现行' AND z.id = y.id }
  AND NOT EXISTS { MATCH (g:组织)-[a:授权|委托]->(z:组织) WHERE a.status = '现行' AND a.about = x.id AND z.id = y.id }
RETURN [y.id] + collect(DISTINCT x.id) + coalesce(collect(DISTINCT o.id), []) AS subjects,
       collect(DISTINCT t.id) + coalesce(collect(DISTINCT k.id), []) AS relations, 'undetermined' AS status,
       y.id AS line, [y.name] AS receivers, collect(DISTINCT x.name) AS items, coalesce(collect(DISTINCT o.name), []) AS keepers,
       [''] AS begun, 'unstated' AS shape
ORDER BY line

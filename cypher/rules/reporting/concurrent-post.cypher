// id: reporting/concurrent-post
// severity: warning
// title: {zh: 兼任冲突, en: Concurrent post}
// question:
//   zh: 是否有人同时在考核（拨款、监督）的一方和被考核（被拨款、被监督）的一方任职？跨线兼任者由谁管理、由谁考核？
//   en: Does one person hold posts on both sides of evaluation, funding or supervision? Who manages and evaluates a person who serves two lines?
// why:
//   zh: 自己考核自己、给自己拨款、监督自己，考核和监督就失去意义；跨线兼任而无人负责考核，两边都管不到。
//   en: Who scores, pays or watches over themselves does neither; who serves two lines and is evaluated by none answers to none.
// remedy:
//   zh: 回避：由他人行使对兼任单位的考核、拨款或监督；跨线兼任的，由干部主管部门书面明确人事和考核关系。
//   en: Recuse - let another person evaluate, fund or supervise that body; for posts across lines have the personnel authority state in writing who manages and evaluates the holder.
// basis:
//   zh: 《中华人民共和国公务员法》关于兼职须经批准和公务回避的规定
//   en: Civil Servants Law of the People's Republic of China, provisions on approval of concurrent posts and on recusal
// messages:
//   zh: “{name}”在{left_body}任职，又在{right_body}兼任（{posts}），而这两个机构之间直接有{acts}关系
//   en: “{name}” serves in {left_body} and also in {right_body} ({posts}), and between these two bodies there is {acts}
// undetermined:
//   zh: “{name}”跨{left_body}与{right_body}两条线兼任（{posts}），其人事、考核由哪一方负责没有写明。请向两边的干部主管部门核实
//   en: “{name}” serves in {left_body} and also in {right_body} ({posts}), on two lines; who manages and evaluates the holder is not stated. Ask the personnel authorities of both
// identity: [subject, other]
// population: MATCH (h)-[k:兼任]->(p) WHERE k.status = '现行' RETURN count(k.id)
MATCH (h)-[k:兼任]->(p:岗位)
// a post or person of one body, a post of the other
WHERE k.status = '现行' AND k.basis IS NULL
WITH h, k, p
MATCH (p)-[t:设岗|隶属]-(c:组织)
WHERE t.status = '现行'
WITH h, k, p, c
MATCH (h)-[s:设岗|任职|隶属]-(b:组织)
WHERE s.status = '现行' AND b.id <> c.id
WITH h, k, p, b, c
MATCH (b)-[r:考核|拨款|监督]-(y:组织)
WITH h, k, p, b, c, r, y
// a superior that sends its own people to lead its subordinate is one line
WHERE r.status = '现行' AND id(y) = id(c)
  AND NOT EXISTS { MATCH (b)-[o:合署|挂牌|上级]-(c) WHERE o.status = '现行' }
RETURN [h.id] + collect(DISTINCT p.id) + collect(DISTINCT b.id) + [c.id] AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT r.id) AS relations, 'violated' AS status,
       h.id AS subject, c.id AS other, h.name AS name, collect(DISTINCT b.name) AS left_body, c.name AS right_body,
       collect(DISTINCT p.name) AS posts, collect(DISTINCT r.type) AS acts
ORDER BY subject, other
UNION ALL
// … the other body itself
MATCH (h)-[k:兼任]->(c:组织)
WHERE k.status = '现行' AND k.basis IS NULL
WITH h, k, c
MATCH (h)-[s:设岗|任职|隶属]-(b:组织)
WHERE s.status = '现行' AND b.id <> c.id
WITH h, k, b, c
MATCH (b)-[r:考核|拨款|监督]-(y:组织)
WITH h, k, b, c, r, y
// a superior that sends its own people to lead its subordinate is one line
WHERE r.status = '现行' AND id(y) = id(c)
  AND NOT EXISTS { MATCH (b)-[o:合署|挂牌|上级]-(c) WHERE o.status = '现行' }
RETURN [h.id, c.id] + collect(DISTINCT b.id) AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT r.id) AS relations, 'violated' AS status,
       h.id AS subject, c.id AS other, h.name AS name, collect(DISTINCT b.name) AS left_body, c.name AS right_body,
       [c.name] AS posts, collect(DISTINCT r.type) AS acts
ORDER BY subject, other
UNION ALL
// a person by way of the post held
MATCH (h:人员)-[k:兼任]->(p:岗位)
WHERE k.status = '现行' AND k.basis IS NULL
WITH h, k, p
MATCH (p)-[t:设岗|隶属]-(c:组织)
WHERE t.status = '现行'
WITH h, k, p, c
MATCH (h)-[n:任职]->(q:岗位)
WHERE n.status = '现行'
WITH h, k, p, c, q
MATCH (q)-[s:设岗|隶属]-(b:组织)
WHERE s.status = '现行' AND b.id <> c.id
WITH h, k, p, b, c
MATCH (b)-[r:考核|拨款|监督]-(y:组织)
WITH h, k, p, b, c, r, y
// a superior that sends its own people to lead its subordinate is one line
WHERE r.status = '现行' AND id(y) = id(c)
  AND NOT EXISTS { MATCH (b)-[o:合署|挂牌|上级]-(c) WHERE o.status = '现行' }
RETURN [h.id] + collect(DISTINCT p.id) + collect(DISTINCT b.id) + [c.id] AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT r.id) AS relations, 'violated' AS status,
       h.id AS subject, c.id AS other, h.name AS name, collect(DISTINCT b.name) AS left_body, c.name AS right_body,
       collect(DISTINCT p.name) AS posts, collect(DISTINCT r.type) AS acts
ORDER BY subject, other
UNION ALL
MATCH (h:人员)-[k:兼任]->(c:组织)
WHERE k.status = '现行' AND k.basis IS NULL
WITH h, k, c
MATCH (h)-[n:任职]->(q:岗位)
WHERE n.status = '现行'
WITH h, k, c, q
MATCH (q)-[s:设岗|隶属]-(b:组织)
WHERE s.status = '现行' AND b.id <> c.id
WITH h, k, b, c
MATCH (b)-[r:考核|拨款|监督]-(y:组织)
WITH h, k, b, c, r, y
// a superior that sends its own people to lead its subordinate is one line
WHERE r.status = '现行' AND id(y) = id(c)
  AND NOT EXISTS { MATCH (b)-[o:合署|挂牌|上级]-(c) WHERE o.status = '现行' }
RETURN [h.id, c.id] + collect(DISTINCT b.id) AS subjects,
       collect(DISTINCT k.id) + collect(DISTINCT r.id) AS relations, 'violated' AS status,
       h.id AS subject, c.id AS other, h.name AS name, collect(DISTINCT b.name) AS left_body, c.name AS right_body,
       [c.name] AS posts, collect(DISTINCT r.type) AS acts
ORDER BY subject, other
UNION ALL
// two lines, and nobody is stated to manage or evaluate the holder
MATCH (h)-[k:兼任]->(p:岗位)
WHERE k.status = '现行' AND k.basis IS NULL
WITH h, k, p
MATCH (p)-[t:设岗|隶属]-(c:组织)
WHERE t.status = '现行'
WITH h, k, p, c
MATCH (b:组织)-[s:设岗|任职|隶属]-(h)
WHERE s.status = '现行' AND b.place <> c.place
WITH h, k, p, b, c, b.place AS home, c.place AS away
MATCH (b)-[u:上级]->(m:组织)
WHERE u.status = '现行'
OPTIONAL MATCH (c)-[v:上级]->(n:组织)
WHERE v.status = '现行' AND v.place = u.place
WITH h, k, p, b, c, home, away, count(v.id) AS shared
WHERE shared = 0
  AND EXISTS { MATCH (c)-[u:上级]->(m:组织) WHERE u.status = '现行' }
  AND NOT EXISTS { MATCH (b)-[u:上级]->(m:组织) WHERE u.status = '现行' AND m.place = away }
  AND NOT EXISTS { MATCH (c)-[u:上级]->(m:组织) WHERE u.status = '现行' AND m.place = home }
  AND NOT EXISTS { MATCH (b)-[o:合署|挂牌|考核|拨款|监督]-(c) WHERE o.status = '现行' }
  AND NOT EXISTS { MATCH (h)-[u:上级]->(m:组织) WHERE u.status = '现行' AND u.dimension IN ['人事', '考核'] }
  AND NOT EXISTS { MATCH (h)<-[e:考核]-(m) WHERE e.status = '现行' }
RETURN [h.id] + collect(DISTINCT p.id) + collect(DISTINCT b.id) + [c.id] AS subjects,
       collect(DISTINCT k.id) AS relations, 'undetermined' AS status,
       h.id AS subject, c.id AS other, h.name AS name, collect(DISTINCT b.name) AS left_body, c.name AS right_body,
       collect(DISTINCT p.name) AS posts, collect(DISTINCT k.type) AS acts
ORDER BY subject, other

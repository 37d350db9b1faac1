"""The later scripts of the library's schema, from the tenth on: `schema.MIGRATIONS` ends with them."""

from __future__ import annotations

from typing import Final

# Who each is: what kind of speaker, of which gender and by which sign. What a former program kept
# is told by its type, until the articles are read again; all are asked again whether they are one.
_TENTH: Final = """
alter table appearance add column kind text;
alter table appearance add column gender text;
alter table appearance add column gender_by text;
alter table entity add column kind text;       -- person, someone, group, organisation, media…
alter table entity add column gender_by text;  -- kb, title, first-name, role, pronoun
update entity set sound = null, gender_by = iif(gender is null, null, 'title'),
  kind = case type when 'person' then iif(instr(key, '@') > 0, 'someone', 'person')
    when 'group' then 'group' when 'work' then 'document' when 'organisation' then 'organisation'
    when 'place' then 'organisation' else 'other' end;
create index judgement_same on judgement (subject) where relation = 'same as';
create index judgement_same_object on judgement (object) where relation = 'same as';
drop view statements_wide;
create view statements_wide as
  select s.id, a.title, s.outlet, s.published, s.said, s.speaker, s.addressees, s.via,
    s.form, s.stance, s.voice, s.content, s.cue, s.context, s.score, s.why, s.verdict,
    e.key as speaker_key, e.kind as speaker_kind, e.gender as speaker_gender, e.kb as speaker_kb,
    a.url, s.key as address, s.article_id,
    coalesce(a.copy_of, a.id) as independent_article_id
  from statement s join article a on a.id = s.article_id
    left join entity e on e.id = s.speaker_id
  where s.current = 1 and s.verdict is not 'rejected';
"""

# Articles taken out and set right, with what was before: each deed may be undone.
_ELEVENTH: Final = """
alter table article add column removed text;  -- when it was taken out; null: it is here
create table upkeep (
  id integer primary key,
  uid text not null,                 -- one deed may be of several articles
  article_id integer not null references article(id),
  deed text not null,                -- remove, edit
  before text not null, after text not null,
  by text not null, at text not null,
  undone_by text, undone_at text
) strict;
create index upkeep_uid on upkeep (uid);
create index upkeep_article on upkeep (article_id);
"""

# How sure it is who speaks, apart from the words: what the reading's own judgement says.
_TWELFTH: Final = """
alter table statement add column speaker_score real;  -- null: nobody is told, or a person added it
update statement set speaker_score = told.score from (
    select r.id as reading, json_extract(j.value, '$[0]') as subject,
      json_extract(j.value, '$[4]') as score
    from reading r join json_each(r.judgements) j
    where json_extract(j.value, '$[1]') = 'is' and json_extract(j.value, '$[0]') like '%/speaker'
  ) as told
  where statement.reading_id = told.reading and statement.origin = 'read'
    and statement.key = substr(told.subject, 1, length(told.subject) - length('/speaker'));
create index statement_doubtful on statement (speaker_score, id)
  where current = 1 and verdict is null;
"""

# On which page of the printed edition an article stands, as its source writes it.
_THIRTEENTH: Final = """
alter table article add column page text;
alter table version add column page text;
drop view statements_wide;
create view statements_wide as
  select s.id, a.title, s.outlet, s.published, s.said, s.speaker, s.addressees, s.via,
    s.form, s.stance, s.voice, s.content, s.cue, s.context, s.score, s.why, s.verdict,
    e.key as speaker_key, e.kind as speaker_kind, e.gender as speaker_gender, e.kb as speaker_kb,
    a.url, a.page, s.key as address, s.article_id,
    coalesce(a.copy_of, a.id) as independent_article_id
  from statement s join article a on a.id = s.article_id
    left join entity e on e.id = s.speaker_id
  where s.current = 1 and s.verdict is not 'rejected';
"""

SINCE_NINTH: Final[tuple[str, ...]] = (_TENTH, _ELEVENTH, _TWELFTH, _THIRTEENTH)

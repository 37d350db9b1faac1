"""The library's schema: one SQLite file, flat tables that Datasette opens as they are.

Migrations are a list of SQL scripts; `pragma user_version` counts those that a file has had. A
script is never changed once released: a change is a new script at the end.
"""

from __future__ import annotations

from typing import Final

from selon.library import migrations

# "Seln" in ASCII: tells our files from any other SQLite file.
APPLICATION: Final = 0x53656C6E


def plain(column: str) -> str:
    """The SQL for a column with its ligatures opened: FTS5 folds accents, but not œ and æ."""
    for letter, letters in (("œ", "oe"), ("Œ", "Oe"), ("æ", "ae"), ("Æ", "Ae")):
        column = f"replace({column}, '{letter}', '{letters}')"
    return column


INDEXED: Final = ("content", "context", "speaker", "addressees", "via")


def _words(row: str) -> str:
    return ", ".join(plain(f"{row}.{name}") for name in INDEXED)


_COLUMNS: Final = ", ".join(INDEXED)

_M001_STATEMENTS: Final = f"""
create table article (
  id integer primary key,
  key text not null unique,          -- its URL, or its id where it has none
  url text, outlet text, title text, published text, language text,
  authors text not null default '[]',
  copy_of integer references article,  -- the earliest of its near-identical copies; null: itself
  version_id integer                 -- the version added last
) strict;
create index article_published on article (published);
create index article_outlet on article (outlet);
create index article_copy on article (copy_of);

create table version (
  id integer primary key,
  article_id integer not null references article,
  record text not null,              -- the id that ingest gave it
  digest text not null,              -- of the text and of what is known of it
  text text not null,
  url text, outlet text, title text, published text, language text,
  authors text not null default '[]',
  added text not null,
  unique (article_id, digest)
) strict;

create table copy (
  article_id integer not null references article,
  of_article_id integer not null references article,
  likeness real not null,
  by text not null,
  primary key (article_id, of_article_id)
) strict, without rowid;

create table band (
  scheme text not null, band integer not null, hash integer not null,
  version_id integer not null references version,
  primary key (hash, band, scheme, version_id)
) strict, without rowid;

create table run (
  id integer primary key,
  signature text not null unique,
  program text not null, pack text not null, options text not null,
  started text not null
) strict;

create table reading (
  id integer primary key,
  version_id integer not null references version,
  run_id integer not null references run,
  times text not null, voices text not null, judgements text not null,
  current integer not null,          -- 1: the newest reading of the newest version
  added text not null,
  unique (version_id, run_id)
) strict;
create index reading_run on reading (run_id);

create table entity (
  id integer primary key,
  key text not null unique,
  type text not null, name text not null, folded text not null,
  kb text, gender text,
  same_as integer references entity  -- a person judged them to be one
) strict;
create index entity_folded on entity (folded);
create index entity_kb on entity (kb);
create index entity_same on entity (same_as);

create table variant (
  entity_id integer not null references entity,
  folded text not null, words text not null,
  primary key (entity_id, folded)
) strict, without rowid;

create table appearance (
  id integer primary key,
  reading_id integer not null references reading,
  local text not null,               -- the entity's id inside the reading
  entity_id integer not null references entity,
  read_as integer references entity, -- whom the program read, where a person split them
  type text not null, name text not null, kb text,
  roles text not null, mentions text not null,
  unique (reading_id, local)
) strict;
create index appearance_entity on appearance (entity_id);

create table statement (
  id integer primary key,
  reading_id integer not null references reading,
  article_id integer not null references article,
  key text not null,                 -- the address of the passage
  form text not null, stance text not null, voice text,
  content text not null, content_spans text not null,
  cue text not null, cue_spans text not null,
  context text not null,
  speaker text, addressees text, via text,
  speaker_id integer references entity,
  within text, said text, score real not null, why text not null,
  outlet text, published text,       -- the article's, for facets
  same integer not null,             -- a hash of the folded words: wire copy counts once
  current integer not null,
  origin text not null default 'read',  -- read, or added by a person
  verdict text,                      -- accepted, rejected, edited, added; null: nobody looked
  as_read text                       -- the statement as the program read it, once edited
) strict;
create index statement_reading on statement (reading_id, key);
create index statement_article on statement (article_id);
create index statement_published on statement (current, published);
create index statement_outlet on statement (current, outlet);
create index statement_speaker on statement (speaker_id);

create table party (
  statement_id integer not null references statement,
  role text not null,                -- speaker, addressee, via, about
  n integer not null,
  words text not null, spans text not null,
  cue_spans text not null default '[]',
  local text, entity_id integer references entity,
  primary key (statement_id, role, n)
) strict, without rowid;
create index party_entity on party (entity_id, role);

create table judgement (
  id integer primary key,
  uid text not null unique,
  article_id integer references article,
  version_id integer references version,  -- the version on which it was made
  subject text not null, relation text not null, object text,
  anchor text,                       -- the places of what was judged, with the words around
  by text not null, at text not null,
  undone_by text, undone_at text
) strict;
create index judgement_article on judgement (article_id);
create index judgement_relation on judgement (relation);

create table attachment (
  judgement_id integer not null references judgement,
  reading_id integer not null references reading,
  statement_id integer references statement,
  shift integer not null default 0,  -- characters that the passage has moved since it was judged
  how text not null,                 -- position, quotation, orphan
  primary key (judgement_id, reading_id)
) strict, without rowid;
create index attachment_statement on attachment (statement_id);

create table failure (
  id integer primary key,
  source text not null, stage text not null, error text not null, remedy text not null,
  at text not null,
  unique (source, stage)
) strict;

create view statement_words (id, {_COLUMNS}) as
  select id, {_words("statement")} from statement;
create virtual table words using fts5({_COLUMNS},
  content='statement_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
create trigger statement_added after insert on statement begin
  insert into words (rowid, {_COLUMNS}) values (new.id, {_words("new")});
end;
create trigger statement_gone after delete on statement begin
  insert into words (words, rowid, {_COLUMNS}) values ('delete', old.id, {_words("old")});
end;
create trigger statement_changed after update of {_COLUMNS} on statement begin
  insert into words (words, rowid, {_COLUMNS}) values ('delete', old.id, {_words("old")});
  insert into words (rowid, {_COLUMNS}) values (new.id, {_words("new")});
end;

create view statements_wide as
  select s.id, a.title, s.outlet, s.published, s.said, s.speaker, s.addressees, s.via,
    s.form, s.stance, s.voice, s.content, s.cue, s.context, s.score, s.why, s.verdict,
    e.kb as speaker_kb, e.gender as speaker_gender, a.url, s.key as address, s.article_id,
    coalesce(a.copy_of, a.id) as independent_article_id
  from statement s join article a on a.id = s.article_id
    left join entity e on e.id = s.speaker_id
  where s.current = 1 and s.verdict is not 'rejected';
create view chains as
  select s.id as statement_id, s.published,
    coalesce(s.speaker, '?') || coalesce(' › ' || s.via, '') || ' › ' || coalesce(s.outlet, '?')
      as chain,
    s.content, s.article_id
  from statement s where s.current = 1 and s.verdict is not 'rejected';
create view variants as
  select v.words, e.name, e.type, e.kb, v.entity_id from variant v join entity e
    on e.id = v.entity_id;
"""

# Every article added asks for the splits of its people.
_SECOND: Final = """
create index appearance_read_as on appearance (read_as) where read_as is not null;
"""

# Facets count hundreds of thousands of statements: from an index that holds all they count by.
_THIRD: Final = """
create index statement_facets on statement
  (current, verdict, form, voice, stance, outlet, via, speaker_id, published);
"""


def _voice_sql(row: str) -> str:
    """The SQL for one reading's characters in each voice."""
    names = ("outlet", "quoted", "reported", "hedged", "scare")
    sums = ", ".join(
        f"coalesce(sum((json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]'))"
        f" * (json_extract(j.value, '$[2]') = '{name}')), 0)"
        for name in names
    )
    return f"select {row}.id, v.article_id, {row}.current, {sums}"


# An outlet's share of its own voice, without the voice maps of all its articles.
_FOURTH: Final = f"""
create table voicing (
  reading_id integer primary key references reading,
  article_id integer not null references article,
  current integer not null,
  outlet integer not null, quoted integer not null, reported integer not null,
  hedged integer not null, scare integer not null
) strict;
create index voicing_article on voicing (article_id, current);
insert into voicing {_voice_sql("r")}
  from reading r join version v on v.id = r.version_id left join json_each(r.voices) j
  group by r.id;
create trigger reading_added after insert on reading begin
  insert into voicing {_voice_sql("new")}
    from version v left join json_each(new.voices) j where v.id = new.version_id;
end;
create trigger reading_retired after update of current on reading begin
  update voicing set current = new.current where reading_id = new.id;
end;
"""

# What hosts said of the pages that were fetched: the next run asks only for what has changed.
_FIFTH: Final = """
create table visit (
  url text primary key,
  etag text, modified text,          -- the page's validators
  stamp text,                        -- when the feed or sitemap says that it was changed
  at text not null
) strict, without rowid;
"""

# A name is looked up among hundreds of thousands of variants: by its words, not by walking them.
_SIXTH: Final = """
drop view variants;
create table variant_of_entity (
  id integer primary key,
  entity_id integer not null references entity,
  folded text not null, words text not null,
  unique (entity_id, folded)
) strict;
insert into variant_of_entity (entity_id, folded, words)
  select entity_id, folded, words from variant order by entity_id, folded;
drop table variant;
alter table variant_of_entity rename to variant;
create view variants as
  select v.words, e.name, e.type, e.kb, v.entity_id from variant v join entity e
    on e.id = v.entity_id;
create virtual table names using fts5(folded, content='variant', content_rowid='id');
insert into names (rowid, folded) select id, folded from variant;
create trigger variant_added after insert on variant begin
  insert into names (rowid, folded) values (new.id, new.folded);
end;
create trigger variant_gone after delete on variant begin
  insert into names (names, rowid, folded) values ('delete', old.id, old.folded);
end;
"""

_REFERRED: Final = ("article", "version", "run", "reading", "entity", "statement", "judgement")


def _reference_sql(sql: str) -> str:
    """The SQL for a definition whose references name the column that they mean."""
    for table in _REFERRED:
        sql = f"replace({sql}, 'references {table}', 'references {table}(id)')"
    return sql


# Datasette shows no table whose foreign keys leave unsaid which column they mean. The words of a
# definition are changed as SQLite's own page on ALTER TABLE has it; the rows are as they were.
_SEVENTH: Final = f"""
pragma writable_schema = on;
update sqlite_master set sql = {_reference_sql("sql")} where type = 'table' and sql like '%references %';
create table renewed (x integer) strict;
drop table renewed;
pragma writable_schema = reset;
"""

# How a full name sounds, so that « Ashkénazi » is compared with « Ashkenazi » and not with all.
_EIGHTH: Final = """
alter table entity add column sound text;  -- '' where it is one word; null: not yet asked
create index entity_sound on entity (sound);
"""

# The queue of review: what nobody has judged, the least certain first.
_NINTH: Final = """
create index statement_queue on statement (score, id) where current = 1 and verdict is null;
"""

MIGRATIONS: Final[tuple[str, ...]] = (
    *(
        _M001_STATEMENTS,
        _SECOND,
        _THIRD,
        _FOURTH,
        _FIFTH,
        _SIXTH,
        _SEVENTH,
        _EIGHTH,
        _NINTH,
    ),
    *migrations.SINCE_NINTH,
)

# What women and men are quoted with, by quanteda's keyness, from the SQLite file itself.
#   Rscript quanteda.R press.db
library(DBI)
library(quanteda)
library(quanteda.textstats)

base <- dbConnect(RSQLite::SQLite(), commandArgs(trailingOnly = TRUE)[1], flags = RSQLite::SQLITE_RO)
told <- dbGetQuery(base, "
  select id, content, outlet, speaker_gender from statements_wide
  where speaker_gender is not null and form in ('direct', 'mixed')")
dbDisconnect(base)
words <- corpus(told, docid_field = "id", text_field = "content") |>
  tokens(remove_punct = TRUE) |>
  tokens_remove(stopwords("fr")) |>
  dfm() |>
  dfm_group(speaker_gender)
print(head(textstat_keyness(words, target = "female"), 20))

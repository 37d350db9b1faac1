# Forms and women by outlet, by DuckDB from Parquet: more statements than R would hold.
#   selon export parquet --details -o statements.parquet
#   Rscript duckdb.R statements.parquet
library(DBI)

base <- dbConnect(duckdb::duckdb())
path <- dbQuoteString(base, commandArgs(trailingOnly = TRUE)[1])
told <- dbGetQuery(base, paste0("
  select outlet, form, count(*) as n,
    count(*) filter (where speaker_gender = 'female') as women,
    count(speaker_gender) as known
  from read_parquet(", path, ") group by outlet, form order by outlet, form"))
dbDisconnect(base, shutdown = TRUE)
write.csv(told, stdout(), row.names = FALSE)

# Women among the quoted, with the tidyverse, from Parquet.
#   selon export parquet --details -o statements.parquet
#   Rscript tidyverse.R statements.parquet
library(dplyr)
library(arrow)

told <- read_parquet(commandArgs(trailingOnly = TRUE)[1])
share <- told |>
  filter(speaker_kind %in% c("person", "someone")) |>
  group_by(outlet, month) |>
  summarise(
    unknown = sum(is.na(speaker_gender)),
    known = sum(!is.na(speaker_gender)),
    women = sum(speaker_gender == "female", na.rm = TRUE),
    .groups = "drop"
  ) |>
  mutate(share = if_else(known >= 20, women / known, NA_real_))
write.csv(share, stdout(), row.names = FALSE)

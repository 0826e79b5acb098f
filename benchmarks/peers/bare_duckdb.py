"""OURS THEIRS DIFFERING: DuckDB only. Joins, sums at four levels, writes the stations that differ.

As in bare_polars.py everything is known beforehand. Delimiter and quote are stated, because the
sniffer looks at the head only and finds no quote there. Prints {"compared": n, "differs": n}.
"""

from __future__ import annotations

import json
import sys

import duckdb

PLACE = ["provinsi", "kabkota", "kecamatan", "desa"]

READ = "read_csv({file}, header = true, delim = ',', quote = '\"', escape = '\"')"

JOIN = """
create temp table stations as
select provinsi, kabkota, kecamatan, desa, tps,
       o.kp_pas1 as ours_1, o.kp_pas2 as ours_2,
       t.situng_pas1 as theirs_1, t.situng_pas2 as theirs_2
from {ours} as o full join {theirs} as t using (provinsi, kabkota, kecamatan, desa, tps)
"""
WRITE = """
copy (select * from stations where ours_1 <> theirs_1 or ours_2 <> theirs_2) to {file}
"""
SUMS = """
create temp table level_{depth} as
select {place}, sum(ours_1) as ours_1, sum(ours_2) as ours_2,
       sum(theirs_1) as theirs_1, sum(theirs_2) as theirs_2
from {source} group by all
"""
ANSWER = """
select count(*), count(*) filter (ours_1 <> theirs_1 or ours_2 <> theirs_2) from stations
where ours_1 is not null and ours_2 is not null and theirs_1 is not null and theirs_2 is not null
"""


def text(value: str) -> str:
    """Write a value as a text of SQL."""
    return "'" + value.replace("'", "''") + "'"


def main(ours: str, theirs: str, differing: str) -> None:
    """Do the whole task once."""
    database = duckdb.connect()
    sides = {"ours": READ.format(file=text(ours)), "theirs": READ.format(file=text(theirs))}
    database.execute(JOIN.format(**sides))
    database.execute(WRITE.format(file=text(differing)))
    source = "stations"
    for depth in (4, 3, 2, 1):
        place = ", ".join(PLACE[:depth])
        database.execute(SUMS.format(depth=depth, place=place, source=source))
        source = f"level_{depth}"
    compared, differs = database.execute(ANSWER).fetchall()[0]
    print(json.dumps({"compared": compared, "differs": differs}))


if __name__ == "__main__":
    main(*sys.argv[1:])

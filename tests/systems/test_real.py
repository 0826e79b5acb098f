"""What the real answers must show; each figure is counted once more by a plain script."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from recount.api import check, reconcile_with
from recount.errors import RecountError
from recount.options import Options

if TYPE_CHECKING:
    from recount.result import Result

DATA = Path(__file__).parents[3] / "shared" / "data"
KALTIM, REGIONS = DATA / "pilkada_2024_kaltim", DATA / "regions" / "kaltim_2024.csv"
DKI = DATA / "sirekap_pemilu_2024" / "tps_sample_dki.zip"
pytestmark = pytest.mark.skipif(
    not KALTIM.exists(), reason="the real answers (../shared/data) are not here"
)


def compared(ours: Path, theirs: list[Path], **options: Any) -> Result:  # noqa: ANN401
    asked = Options(everything=True, regions=str(REGIONS), **options)
    return reconcile_with([str(ours)], [*map(str, theirs), str(KALTIM / "paslon.csv")], asked)


def statuses(result: Result, level: str) -> Counter[str]:
    """Count regions, each under its gravest status."""
    order = ("differs", "withheld", "partial", "equal")
    worst: dict[str, str] = {}
    for one in result.comparisons.iter_rows(named=True):
        if one["level"] == level and one["status"] in order:
            known = worst.get(one["region"], "equal")
            worst[one["region"]] = min(known, one["status"], key=order.index)
    return Counter(worst.values())


def test_berau_official_by_kecamatan_against_the_count(tmp_path: Path) -> None:
    rows = list(
        csv.reader((KALTIM / "berau_pilbup_2024_dhasil_per_kecamatan.csv").read_text().splitlines())
    )
    ours = tmp_path / "berau.csv"
    ours.write_text(
        "\n".join(",".join(r) for r in [["kecamatan", "paslon 1", "paslon 2"], *rows[1:]])
    )
    result = compared(ours, [KALTIM / "S3_1015" / "pkwkk" / "64" / "6403.json"])
    assert statuses(result, "kecamatan") == {"equal": 8, "partial": 5}
    whole = compared(ours, [KALTIM / "S3_1015"], contest="pkwkk-6403")
    assert statuses(whole, "kecamatan") == {"equal": 8, "partial": 5}


def test_the_final_result_by_kabkota_against_the_count() -> None:
    final = KALTIM / "pilgub_kaltim_2024_final_by_kabkota.csv"
    result = compared(final, [KALTIM / "S3_1015"], contest="pkwkp-64")
    answer = json.loads((KALTIM / "S3_1015" / "pkwkp" / "64" / "64.json").read_bytes())
    table = answer["tungsura"]["table"]
    official = {row["kode"]: row for row in csv.DictReader(final.read_text().splitlines())}
    expected: Counter[str] = Counter()
    for code, said in table.items():
        ours = [int(official[code]["p1_isran_hadi"]), int(official[code]["p2_rudy_seno"])]
        whole = said["progres"]["progres"] == said["progres"]["total"]
        same = ours == [said["1000054"], said["1000055"]]
        expected["equal" if same else "differs" if whole else "partial"] += 1
    assert statuses(result, "kabkota") == expected == {"partial": 10}


@pytest.mark.parametrize("contest", ["pkwkp-64", "pkwkk-6403"])
def test_the_zeroed_crawl_is_withheld_as_a_whole(contest: str) -> None:
    final = KALTIM / "pilgub_kaltim_2024_final_by_kabkota.csv"
    with pytest.raises(RecountError) as stopped:
        compared(final, [KALTIM / "S4_1045_zeroed"], contest=contest)
    assert "withholds" in stopped.value.message.template
    assert dict(stopped.value.message.values)["withheld"]


def test_500_stations_of_dki_by_kind_of_nothing_and_broken_sum() -> None:
    found = check(DKI).findings
    kinds: Counter[str] = Counter()
    for one in found:
        if one.rule.startswith("nothing-"):
            kinds[one.rule.removeprefix("nothing-")] = dict(one.message.values)["count"]  # type: ignore[assignment]
        elif one.rule in {"R1", "R2"}:
            kinds[one.rule] += 1
    plain: Counter[str] = Counter()
    with zipfile.ZipFile(DKI) as archive:
        for name in archive.namelist():
            _count(json.loads(archive.read(name)), plain)
    assert kinds == +plain
    assert plain["no-votes"] == 270


def _count(body: dict[str, Any], counts: Counter[str]) -> None:
    chart, page = body["chart"], body["administrasi"]
    votes = {key: n for key, n in (chart or {}).items() if key != "null"}
    counts["no-votes"] += chart is None
    counts["no-page"] += page is None
    counts["no-candidate"] += chart is not None and not votes
    if page:
        full = bool(votes) and None not in votes.values()
        counts["R1"] += full and sum(votes.values()) != page["suara_sah"]
        counts["R2"] += page["suara_sah"] + page["suara_tidak_sah"] != page["suara_total"]


def test_citizens_count_and_recap_side_by_side(tmp_path: Path) -> None:
    source = DATA / "pilpres_2019" / "kecamatan.csv"
    rows = list(csv.DictReader(source.read_text().splitlines()))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(["kode", "provinsi", "kabkota", "kecamatan", "suara_1", "suara_2"])
    places = ("kode", "provinsi", "kabkota", "kecamatan")
    out.writerows([*(row[key] for key in places), row["kp_pas1"], row["kp_pas2"]] for row in rows)
    ours = tmp_path / "citizens.csv"
    ours.write_text(text.getvalue())
    asked = Options(everything=True, levels=("kecamatan",), items="candidates")
    result = reconcile_with([str(ours)], [str(source)], asked)
    found: Counter[str] = Counter()
    for one in result.comparisons.iter_rows(named=True):
        _agree(found, one["ours"], one["theirs"], one["recap"])
    plain: Counter[str] = Counter()
    for row in rows:
        for pair in ("1", "2"):
            written = (row[f"{side}_pas{pair}"] for side in ("kp", "situng", "rekap"))
            figures = [int(n) if n.isdecimal() else None for n in written]
            _agree(plain, *figures)
    assert found == plain
    assert found["count = recap"] > found["count, recap"] // 3


def _agree(counts: Counter[str], ours: int | None, count: int | None, recap: int | None) -> None:
    named = {"citizens": ours, "count": count, "recap": recap}
    for first, second in (("citizens", "count"), ("citizens", "recap"), ("count", "recap")):
        if named[first] is not None and named[second] is not None:
            counts[f"{first}, {second}"] += 1
            counts[f"{first} = {second}"] += named[first] == named[second]

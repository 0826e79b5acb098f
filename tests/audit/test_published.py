"""The essentials of the vectors on figures that stand beside this file: no other folder needed."""

from __future__ import annotations

import os
import subprocess
from fractions import Fraction
from hashlib import sha256
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from shutil import which
from statistics import fmean

import pytest

from recount.audit import (
    Batch,
    claims,
    clean_draws,
    collect,
    draw,
    frame,
    kaplan_markov,
    risk,
    sizes,
)
from recount.audit.evidence import Evidence
from recount.audit.sampling import remainder
from tests.audit.figures import SEED, batches, kaltim, reported, rows

FIVE = Fraction(1, 20)
LINDEMAN = ("Lungren", "Durston", "Tuma", "Padilla")
CA_3 = {"Lungren": 155_424, "Durston": 137_971, "Tuma": 7_273, "Padilla": 13_378}
CA_3_U = Fraction(357_265, 17_453)
"""All 774 batches of the contest; of these, 42 were drawn."""


@pytest.mark.parametrize(
    ("seed", "total", "expected"),
    [
        # Ronald L. Rivest's reference implementation of November 14, 2011.
        ("3546311556112163624615351222", 876, [740, 180, 264, 789, 238]),
        # github.com/nealmcb/rivest-sampler-tests: leading zeros, letters, letters of other planes.
        ("1", 1000, [97, 89, 163]),
        ("0", 2, [1, 1, 2]),
        ("0000000000", 1000, [978, 359, 132]),
        ("abc123", 1000, [455, 764, 629]),
        ("snowman: ☃", 1000, [634, 56, 46]),
        ("😀", 1000, [596, 415, 303, 11, 141]),
    ],
)
def test_sampler_of_rivest(seed: str, total: int, expected: list[int]) -> None:
    assert [remainder(seed, j + 1, total) + 1 for j in range(len(expected))] == expected


DRAWN = ["KEC-065", "KEC-031", "KEC-065", "KEC-080", "KEC-025"]
DIGEST = "0fc6a020f0d0172cc206fd467e5ab7a4dfa3f70a4e42f904ff6d9ae17decdfb6"
"""SHA-256 of the first 2,000 ids, blanks between them."""


def test_draws_of_the_kaltim_like_contest() -> None:
    drawn = draw(kaltim(), SEED, 1, 120)
    assert drawn[:5] == DRAWN
    assert len(collect(drawn[:46])) == 30
    # More draws are the same ones and on.
    assert draw(kaltim(), SEED, 47, 74) == drawn[46:]


@pytest.mark.parametrize(
    ("forms", "p"),
    [(10, 0.5012594948833813), (33, 0.04623720254296621), (40, 0.013704947488884237)],
)
def test_risk_without_any_difference(forms: int, p: float) -> None:
    order = collect(draw(kaltim(), SEED, 1, 120))[:forms]
    found = risk(kaltim(), order, reported(kaltim()), FIVE)
    assert found.p == pytest.approx(p, abs=1e-12)
    assert found.state == ("confirmed" if p <= FIVE else "continue")


def test_kaplan_markov_without_any_difference() -> None:
    found = risk(kaltim(), draw(kaltim(), SEED, 1, 46), reported(kaltim()), FIVE)
    assert found.kaplan_markov == pytest.approx(0.049816379922086644, abs=1e-12)
    assert clean_draws(FIVE, kaltim().U) == 46
    assert float(kaltim().U) == pytest.approx(15.841775476446585, abs=1e-12)


def test_500_votes_moved_in_the_third_form() -> None:
    order, forms = collect(draw(kaltim(), SEED, 1, 120))[:36], reported(kaltim())
    forms[order[2]]["P1"] -= 500
    forms[order[2]]["P2"] += 500
    found = risk(kaltim(), order, forms, FIVE)
    expected = (0.031568227832297124, 0.029681145197026425, 0.029539423750485728)
    assert [pair.p for pair in found.pairs] == pytest.approx(expected, abs=1e-12)


def test_sizes_of_the_kaltim_like_contest() -> None:
    found = sizes(kaltim(), FIVE)
    assert found.kaplan_markov_draws == 46
    assert 33 <= round(found.kaplan_markov_forms) <= found.clean_forms.mean <= 35
    assert found.clean_forms.quantile90 == 35
    assert found.clean_draws.mean == pytest.approx(48, abs=2)


def test_sizes_as_simulated_with_the_risk_itself() -> None:
    counts = []
    for run in range(20):
        draws = draw(kaltim(), f"other {run}", 1, 120)
        forms = reported(kaltim())
        counts.append(risk(kaltim(), draws, {draws[0]: forms[draws[0]]}, FIVE).needed_more or 0)
    assert fmean(counts) + 1 == pytest.approx(sizes(kaltim(), FIVE).clean_forms.mean, abs=0.7)


def test_california_2008_as_published() -> None:
    """Mark Lindeman (2010): P = 0.098616, understatements not clipped there."""
    sampled = batches("ca_3", LINDEMAN)
    sums = {name: sum(batch.votes[name] for batch in sampled) for name in LINDEMAN}
    rest = {name: CA_3[name] - sums[name] for name in LINDEMAN}
    contest = frame([*sampled, Batch("rest", rest, sum(rest.values()))], claims(CA_3))
    forms = {batch.id: batch.votes for batch in batches("ca_3", LINDEMAN, "form ")}
    evidence = Evidence(contest, forms)
    taus = []
    for row in rows("ca_3"):
        at = contest.stands_for(row["id"])
        assert at is not None
        tau = evidence.seen(at).tau
        factor = (1 - 1 / CA_3_U) / (1 - tau)
        assert f"{ceil(factor * 10**9) / 10**9:.9f}" == row["factor"]
        taus += [tau] * int(row["drawn"])
    assert len(taus) == 47
    assert round(kaplan_markov(taus, CA_3_U, clipped=False), 6) == 0.098616
    assert round(kaplan_markov(taus, CA_3_U), 6) == 0.098701


PROGRAM = f"""
from hashlib import sha256
from recount.audit import draw, risk
from tests.audit.figures import SEED, kaltim, reported
drawn = draw(kaltim(), SEED, 1, 2000)
print(sha256(" ".join(drawn).encode()).hexdigest())
print(risk(kaltim(), drawn[:50], reported(kaltim()), {0.05}).p.hex())
"""


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_draws_and_measures_the_same(version: str) -> None:
    python = which(f"python{version}") or ""
    if not python or subprocess.run([python, "-V"], capture_output=True, check=False).returncode:
        pytest.skip(f"no Python {version} here")
    spec = find_spec("recount")
    assert spec is not None
    assert spec.origin is not None
    where = (Path(spec.origin).parents[1], Path(__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, where))}
    done = subprocess.run(
        [python, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    expected = risk(kaltim(), draw(kaltim(), SEED, 1, 50), reported(kaltim()), FIVE).p
    assert expected is not None
    assert done.stdout.split() == [DIGEST, expected.hex()]


def test_the_digest_of_the_draws() -> None:
    drawn = draw(kaltim(), SEED, 1, 2000)
    assert sha256(" ".join(drawn).encode()).hexdigest() == DIGEST

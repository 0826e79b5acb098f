"""The words that stand in headings, Indonesian and English, upper case, as data.

A phrase is compared after line numbers, formulas and filler words are gone. A label that means
one thing in one year and another in the next (DPTb, DPPh, DPK) is in no table: the form's model
says what it is, and without one nobody can.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


PLACES: dict[str, str] = {
    phrase: role
    for role, phrases in {
        "provinsi": "PROVINSI|PROPINSI|PROV|PROP|PROVINCE",
        "kabkota": "KABUPATEN|KABUPATEN KOTA|KOTA KABUPATEN|KAB|KAB KOTA|KABKOTA|KABKO|KOTA"
        "|REGENCY|REGENCY CITY|CITY",
        "kecamatan": "KECAMATAN|KEC|DISTRIK|KECAMATAN DISTRIK|KEC DISTRIK|DISTRICT|SUBDISTRICT"
        "|SUB DISTRICT",
        "desa": "DESA|DESA KELURAHAN|KELURAHAN DESA|DESA KEL|KEL DESA|KELURAHAN|KEL|KALURAHAN"
        "|VILLAGE|NAGARI|GAMPONG|KAMPUNG|PEKON|DESA KAMPUNG|DESA NAGARI",
        "tps": "TPS|NO TPS|NOMOR TPS|TPS NO|TPS NOMOR|TPS ID|ID TPS|TPS POS KSK|STATION"
        "|POLLING STATION|NO STATION",
        "name": "WILAYAH|REGION|NAMA|NAME|AREA",
        "level": "TINGKAT|TINGKATAN|LEVEL",
        "contest": "PEMILIHAN|CONTEST|JENIS PEMILIHAN",
        "pair": "PASLON|ID PASLON|PASLON ID|NO PASLON|NOMOR PASLON|PASANGAN CALON|CALON|NO CALON"
        "|NOMOR CALON|KANDIDAT|NO KANDIDAT|CANDIDATE|CANDIDATE ID|ID CANDIDATE|CANDIDATE NO|NO URUT"
        "|NOMOR URUT|NO URUT PASLON|NOMOR URUT PASLON|NO URUT CALON|NOMOR URUT CALON|PAIR|ITEM|BOX"
        "|KOTAK|URAIAN",
        "value": "SUARA|VOTES|VALUE|NILAI|ANGKA|PEROLEHAN|PEROLEHAN SUARA|FIGURE|JUMLAH SUARA"
        "|JML SUARA|TOTAL SUARA|TOTAL VOTES|SUARA TOTAL",
        "aside": "NO|NOMOR|TS|WAKTU|SUMBER|SOURCE|KETERANGAN|KET|CATATAN|NOTES|NOTE|ID|NO ID"
        "|KODEPOS|ZIP|ZIPCODE|ZIP CODE|POSTCODE|POSTAL CODE",
    }.items()
    for phrase in phrases.split("|")
}
"""What a column says of a row's place; `pair` and `value` head the columns of a long table."""

PAIR_NAMES = frozenset({"PASLON", "PASANGAN CALON", "CALON", "KANDIDAT", "CANDIDATE", "PAIR"})
"""With NAMA before or NAME behind: the candidate's name, beside the number or in its stead."""

BOXES: dict[str, str] = {
    phrase: box
    for box, phrases in {
        "valid": "SAH|SUARA SAH|VALID|VALID VOTES|SUARA SAH CALON|SUARA SAH PASLON"
        "|SUARA SAH PASANGAN CALON|PEROLEHAN SUARA SAH",
        "invalid": "TIDAK SAH|SUARA TIDAK SAH|INVALID|INVALID VOTES",
        "cast": "SAH TIDAK SAH|SUARA SAH TIDAK SAH|SUARA SAH SUARA TIDAK SAH|CAST|VOTES CAST"
        "|BALLOTS CAST|VALID INVALID|VALID INVALID VOTES",
        "registered_dpt": "DPT|PEMILIH DPT|PEMILIH TERDAFTAR DPT|DAFTAR PEMILIH TETAP"
        "|PEMILIH DAFTAR PEMILIH TETAP|PEMILIH TERDAFTAR DAFTAR PEMILIH TETAP"
        "|PEMILIH TERDAFTAR DAFTAR PEMILIH TETAP DPT|PEMILIH DAFTAR PEMILIH TETAP DPT"
        "|DAFTAR PEMILIH TETAP DPT|PEMILIH TETAP|REGISTERED DPT",
        "registered_moved": "REGISTERED MOVED|PEMILIH PINDAHAN",
        "registered_id_card": "REGISTERED ID CARD",
        "registered": "PEMILIH|PEMILIH TERDAFTAR|REGISTERED|REGISTERED VOTERS",
        "voters": "PENGGUNA|PENGGUNA HAK PILIH|VOTERS|PEMILIH MENGGUNAKAN HAK PILIH",
        "voters_dpt": "PENGGUNA DPT|PENGGUNA HAK PILIH DPT"
        "|PENGGUNA HAK PILIH DAFTAR PEMILIH TETAP DPT|PENGGUNA HAK PILIH DAFTAR PEMILIH TETAP"
        "|PENGGUNA HAK PILIH TERDAFTAR DPT"
        "|VOTERS DPT|PEMILIH DPT MENGGUNAKAN HAK PILIH",
        "voters_moved": "VOTERS MOVED|PENGGUNA HAK PILIH PINDAHAN",
        "voters_id_card": "VOTERS ID CARD",
        "ballots_received": "BALLOTS RECEIVED",
        "ballots_spoiled": "BALLOTS SPOILED",
        "ballots_unused": "BALLOTS UNUSED",
        "ballots_used": "BALLOTS USED",
        "disabled_registered": "DISABLED REGISTERED",
        "disabled_voters": "DISABLED VOTERS",
    }.items()
    for phrase in phrases.split("|")
}
"""The boxes of the form, by their whole label."""

KEYED_BOXES: tuple[tuple[frozenset[str], frozenset[str], frozenset[str], str], ...] = tuple(
    (_words(all_of), _words(any_of), _words(none_of), box)
    for box, all_of, any_of, none_of in (
        (
            "ballots_received",
            "SURAT SUARA",
            "DITERIMA",
            "TIDAK DIKEMBALIKAN RUSAK DIGUNAKAN TERPAKAI",
        ),
        (
            "ballots_spoiled",
            "SURAT SUARA",
            "DIKEMBALIKAN RUSAK",
            "DITERIMA TIDAK DIGUNAKAN TERPAKAI",
        ),
        (
            "ballots_unused",
            "SURAT SUARA TIDAK",
            "DIGUNAKAN TERPAKAI",
            "DITERIMA DIKEMBALIKAN RUSAK",
        ),
        (
            "ballots_used",
            "SURAT SUARA",
            "DIGUNAKAN TERPAKAI",
            "TIDAK DITERIMA DIKEMBALIKAN RUSAK",
        ),
        ("disabled_registered", "PEMILIH DISABILITAS", "TERDAFTAR", "MENGGUNAKAN"),
        ("disabled_voters", "PEMILIH DISABILITAS", "MENGGUNAKAN", "TERDAFTAR"),
        ("disabled_voters", "PENGGUNA DISABILITAS", "HAK DISABILITAS", "TERDAFTAR"),
    )
)
"""Boxes with long labels: all of the first words, one of the second, none of the last."""

BY_SEX = ("registered", "voters", "disabled")
"""Beginnings of the boxes that come as men, women and both."""

SEXES = {
    phrase: suffix
    for suffix, phrases in {
        ".m": "L|LK|LAKI|LAKI LAKI|M|MALE|MEN",
        ".f": "P|PR|PEREMPUAN|WANITA|F|FEMALE|WOMEN",
        "": "J|L P|LK PR|LAKI LAKI PEREMPUAN",
    }.items()
    for phrase in phrases.split("|")
}
"""What stands behind a label, and the end that its box's id gets."""

SUMS = _words("JUMLAH JML JLH TOTAL TOT")
FILLERS = SUMS | _words(
    "SELURUH SELURUHNYA SEMUA YANG YG DALAM DLM DI DARI OLEH DAN AND THE OF NUMBER ALL DATA"
)
"""Words that a label has or has not, without another meaning."""

SAME_WORDS = {"TDK": "TIDAK", "TAK": "TIDAK", "TSAH": "TIDAK SAH", "DIFABEL": "DISABILITAS"}

AMBIGUOUS = _words("DPTB DPPH DPK DPKTB KTP KTPEL")
"""Lists of voters whose meaning changed from election to election."""

IN_FULL = {"TAMBAHAN": "DPTB", "KHUSUS": "DPK"}
"""Of an acronym, the word that says it in full and no more than it: Daftar Pemilih Tambahan."""

LIST_WORDS = {"PINDAHAN": "moved", "KTP": "id_card", "KTPEL": "id_card"}
"""Words that say of themselves which list of voters is meant."""

VOTED = _words("PENGGUNA MENGGUNAKAN HAK VOTERS")
"""Those of a list who voted; "pengguna KTP" are the list itself."""

BESIDE_LISTS = VOTED | _words(
    "PEMILIH PILIH DAFTAR TERDAFTAR TERCANTUM TAMBAHAN KHUSUS PINDAHAN PADA DENGAN ATAU MODEL EL",
    "ELEKTRONIK SURAT KETERANGAN SUKET IDENTITAS KEPENDUDUKAN LAINNYA REGISTERED 2",
)
"""What else stands in the label of such a list."""

EMPTY = frozenset({"KOLOM KOSONG", "KOTAK KOSONG", "EMPTY BOX"})
"""What stands on the ballot beside a single candidate."""

SOURCES = _words("KP SITUNG REKAP KPU SIREKAP HHCW HR OURS THEIRS ONLINE")
"""Whose figure it is; the side says that already."""

CODES = _words("KODE CODE KD ID")
NO_CODES = _words("POS KPU BPS INDUK PARENT LAMA OLD")
"""Codes of other systems and of other things than the row's region."""

BEFORE_NUMBER = SUMS | _words(
    "PAS PASLON PASANGAN CALON CAPRES CAGUB CABUP CAWALI CAWAKOT GUBERNUR BUPATI WALIKOTA",
    "KANDIDAT CANDIDATE CAND SUARA VOTE VOTES NO NOMOR NMR URUT PEROLEHAN P PAIR UNTUK SAH FOR",
)
"""Words that may stand before a candidate's number."""

NOBODY = _words("RUSAK GOLPUT ABSTAIN BATAL KOSONG")
"""Votes and ballots that are nobody's; which box of the form they are in, nobody can say."""

NO_CANDIDATES = (
    AMBIGUOUS
    | _words("PEMILIH PENGGUNA TERDAFTAR DISABILITAS SAKSI PETUGAS")
    | (NOBODY - _words("KOSONG"))
)
"""With one of these behind it, a number is the line's, not a candidate's: 2. Pemilih DPTb."""

STATION_COUNTS = _words("N IN MASUK TOTAL JUMLAH JML PROSES PROGRES COUNT PERSEN")
PERCENT = _words("PERSEN PERSENTASE PROSENTASE PERCENT PERCENTAGE PCT")

BELOW_TOTALS = PERCENT | _words("SELISIH MARGIN PARTISIPASI TURNOUT SAKSI KETUA NIK NIP DPT")
"""With one of these words in the place of its name, a row below a total is no unit."""

FORM_WORDS = (
    frozenset(word for table in (PLACES, BOXES) for phrase in table for word in phrase.split())
    | _words(
        "SURAT DISABILITAS CADANGAN SISA LAKI PEREMPUAN WANITA SELISIH BEDA RATA MARGIN SAKSI KPPS",
        "PPS PPK TANGGAL TGL TAHUN JAM DATE TIME YEAR STATUS PARTISIPASI TURNOUT PROGRES PROGRESS",
        "LUAS PENDUDUK POPULASI LATITUDE LONGITUDE LAT LON LNG URL LINK SUM COUNT INDEX ROW BARIS",
        "HALAMAN PAGE CAKUPAN PENDING ERROR JANGGAL CHECK CEK STATIONS PETUGAS",
    )
    | (SUMS | PERCENT | CODES | AMBIGUOUS | NOBODY)
) - _words("KOTAK")
"""A heading with one of these words names no candidate, unless it is the empty box's (EMPTY)."""

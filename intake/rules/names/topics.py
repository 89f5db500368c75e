"""The words of a text that tell what it is about: without courtesy, the sender, the file, periods and figures.

Which of them a report type explains is for `titles` to say.
"""

import re
from collections.abc import Iterator, Sequence

from intake.rules.language.period_text import period_mentions
from intake.rules.language.text import fold, fold_letters, spelled
from intake.rules.language.words import Word

# What says nothing of what a report is about: courtesy, the sender, the file, the version. "Báo cáo nhanh" says much.
_SILENT_PHRASES = frozenset(tuple(phrase.split()) for phrase in re.split(r";\s+", """\
bao cao; tinh hinh; ket qua; tien do; thuc hien; cong tac; nhiem vu; phat trien; tong ket; so ket; tong hop; danh gia;
phuc vu; noi dung; dinh ky; trien khai; v v; 6 thang; 9 thang; dau nam; cuoi nam; ca nam; hang thang; hang quy;
hang nam; hang tuan; hang ngay; dia ban; thanh pho; thi xa; thi tran; don vi; co quan; mot so; theo quy dinh;
kinh gui; uy ban nhan dan; chu tich; van phong; hoi dong nhan dan; kem theo; dinh kem; gui kem; ky so; da ky;
chinh thuc; bo sung; sua doi; thay the; gui lai; dieu chinh; cap nhat; hoa toc; thuong khan; chi tieu; giai
phap; bieu so lieu; phu luc; hoan thien; ban ky so; ban chinh; tra loi; chuyen tiep; nha nuoc; nhu sau; gui bu;
noi nhan; thuong truc; tap tin; dam bao; bao dam; so lieu; dia phuong; lanh dao; to chuc; tang cuong; day manh;
chu yeu; tiep tuc; linh vuc; luy ke; uoc tinh; ban mem; ban cung; ban word; ban excel; den het; tinh den; nua
dau nam; nua cuoi nam; truoc day; thu truoc; quen dinh kem; gui nham; dinh kem nham; xin loi; so lieu uoc;
truoc trong sau; thu hai; thu ba; thu tu; thu nam; thu sau; thu bay; chu nhat"""))  # fmt: skip
# A word alone is silent only as it is spelled: "trong" says nothing, "trồng" what is grown.
_SILENT_WORDS = frozenset(spelled(word) for word in re.split(r"\s+", """\
về việc tháng quý quí năm tuần ngày kỳ kì ký trong của trên tỉnh huyện xã phường toàn các những gửi gởi trình
nộp chuyển re fw fwd a ạ ah nhé em kèm file tệp pdf doc docx xls xlsx odt zip rar signed scan bản gấp khẩn đến
từ với cùng lần mới biểu sửa cho xin là được đã ngành excel word chậm muộn trễ hết thuộc tại thứ dịp"""))  # fmt: skip
_SILENT_WITHOUT_MARKS = frozenset(map(fold, _SILENT_WORDS))
# What a report on one matter tells of by the way. Alone, it is a matter of its own.
_BY_THE_WAY = frozenset(
    tuple(phrase.split())
    for phrase in re.split(
        r";\s+",
        """\
nghi quyet; chi dao; dieu hanh; quoc phong; an ninh; doi ngoai; ke hoach; muc tieu; muc tieu quoc gia; chinh quyen;
xay dung dang; xay dung chinh quyen; he thong chinh tri""",
    )
)
# "Chậm" says of a mail that it is late, and of works that they are.
_DELAYED = ("cham", "tien", "do")
_ALL_SILENT = _SILENT_PHRASES | _BY_THE_WAY
_LONGEST_SILENCE = max(map(len, _ALL_SILENT))
# In brackets offices cite another document, its date, or how often a report was sent, all with figures, or enclosures.
_ASIDE = re.compile(r"\((?:[Kk]èm |[^()]*\d)[^()]*\)|\[[^\[\]]*\]|(?<=\d)/[^\W\d][\w.&-]*")
_SCOPE = re.compile(r"\btheo (?:cong van|quyet dinh|chi thi|yeu cau|ke hoach|nghi quyet)\b")
_SCOPE_END = re.compile(r"[,;:()–]|\s-\s|\n")
_FORM_CODE = re.compile(r"[a-z]{1,3}\d{1,3}[a-z]?")
_LONGEST_PLACE = 3
_PROVINCE = spelled("tỉnh")


def telling_words(text: str, words: Sequence[Word], *, beside_a_name: bool) -> Iterator[tuple[str, Word]]:
    """Those of a text's words that tell a topic, as written and as read.

    What stands behind the period and a semicolon is another matter than the report's own. What a report tells of by
    the way is silent only in a text that names a type.
    """
    silent_phrases = _ALL_SILENT if beside_a_name else _SILENT_PHRASES
    periods = [(one.start, one.end) for one in period_mentions(text)]
    hidden = periods + [one.span() for one in _ASIDE.finditer(text)]
    hidden += [(one.start(), _scope_end(text, one.end(), periods)) for one in _SCOPE.finditer(fold_letters(text))]
    hidden += [(place, len(text)) for _, end in periods if (place := text.find(";", end)) >= 0]
    silent = set(_silent_places(words, silent_phrases))
    for place, word in enumerate(words):
        is_hidden = any(start <= word.start < end for start, end in hidden) or _is_place_name(text, words, place)
        says_nothing = place in silent or word.folded.isdigit() or len(word.folded) == 1 or _is_form_code(word)
        if not (is_hidden or says_nothing):
            yield text[word.start : word.end], word


def _is_form_code(word: Word) -> bool:
    """ "BM02", "B01": the number of a form."""
    return _FORM_CODE.fullmatch(word.folded) is not None


def _scope_end(text: str, start: int, periods: Sequence[tuple[int, int]]) -> int:
    """Where "ngành Xây dựng" ends: at a comma, a dash or the period."""
    comma = _SCOPE_END.search(text, start)
    return min([comma.start() if comma else len(text), *(first for first, _ in periods if first >= start)])


def _silent_places(words: Sequence[Word], phrases: frozenset[tuple[str, ...]]) -> Iterator[int]:
    folded = [word.folded for word in words]
    place = 0
    while place < len(folded):
        if tuple(folded[place : place + len(_DELAYED)]) == _DELAYED:
            place += len(_DELAYED)
            continue
        lengths = [n for n in range(2, _LONGEST_SILENCE + 1) if tuple(folded[place : place + n]) in phrases]
        lengths += [1] if _is_silent(words[place]) else []
        yield from range(place, place + max(lengths, default=0))
        place += max(lengths, default=1)


def _is_silent(word: Word) -> bool:
    return word.spelled in _SILENT_WORDS or (not word.marked and word.folded in _SILENT_WITHOUT_MARKS)


def _is_place_name(text: str, words: Sequence[Word], place: int) -> bool:
    """Whether a word belongs to the province's name, behind "tỉnh". Any other place has to be the sender's own."""
    first = place
    while first > 0 and place - first < _LONGEST_PLACE and text[words[first].start].isupper():
        first -= 1
        if words[first].folded == "tinh":
            return _means_province(words, first)
    return False


def _means_province(words: Sequence[Word], place: int) -> bool:
    """In capitals "TÌNH HÌNH HẠN HÁN" looks like the name of a province, and without marks still more so."""
    is_situation = any(one.folded == "hinh" for one in words[place + 1 : place + 2])
    return words[place].spelled == _PROVINCE or not (words[place].marked or is_situation)

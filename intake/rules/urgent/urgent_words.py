"""The words by which an urgent matter is told, denied, feared or only spoken of: data for `urgency`."""

import re

from intake.rules.language.phrases import Phrases, phrase, phrases

QUICK_FORMS = phrases(
    "báo cáo nhanh", "BC nhanh", "BCN", "báo cáo đột xuất", "BC đột xuất", "báo cáo khẩn", "BC khẩn", "tin nhanh",
    "báo cáo ban đầu", "báo cáo tiếp theo", "báo cáo tiếp", "điện báo",
)  # fmt: skip
URGENT_MARKS = phrases("hỏa tốc", "thượng khẩn", "khẩn cấp", "khẩn")
# "khẩn cấp" is a mark before a colon and a word of many plans: "dự án khẩn cấp khắc phục sạt lở".
NO_MARKS = phrases("khẩn trương", "khẩn thiết", "khẩn cầu", "khẩn cấp")
REPORT = phrases("báo cáo", "BC")

PERIODIC_FORMS = phrases(
    "tổng kết", "sơ kết", "giao ban", "định kỳ", "báo cáo trực ban", "BC trực ban", "trực ban ngày",
    "tổng hợp tình hình trong ngày", "báo cáo tuần", "báo cáo tháng", "báo cáo quý", "báo cáo năm", "báo cáo ngày",
    "BC tuần", "BC tháng", "BC quý", "BC năm", "BC ngày",
)  # fmt: skip
DATES = re.compile(
    r"\b\d{1,2},? thang \d{1,2}\b(,? nam \d{4})?|\b\d{1,2}\s?[/.-]\s?\d{1,2}(\s?[/.-]\s?\d{2,4})?(?![\d/])"
)
PERIODS = re.compile(
    r"\b(thang|quy|tuan)\s?(thu )?(\d|[ivx]+\b|(mot|hai|ba|tu|bon)\b)|\bnam (19|20)\d\d\b"
    r"|\b(\d{1,2}|sau|chin) thang (dau|cuoi|nam|(19|20)\d\d)|\bhang (tuan|thang|quy|nam)\b"
)
# Of one day: a periodic report, where its title does not tell of an event.
DAILY_FORMS = frozenset(("báo cáo ngày", "BC ngày"))
SHORT_PERIODS = re.compile(r"\b[tq]\d{1,2}\b")
# "Số liệu tệ nạn xã hội 11 tháng": at the end of what it is called, with a word of what was counted.
FIGURES = phrases("số liệu", "thống kê")
COUNTING = Phrases((*FIGURES, *phrases("tình hình", "kết quả", "công tác")))
COUNTED_MONTHS = re.compile(
    r"(?<!\bbe )(?<!\btre )(?<!\bchau )(?<!\bem )(?<!\bcon )\b\d{1,2} thang( qua| dau nam| cuoi nam)?( nam)?( \d{4})?$"
)
# What a report of each day is called: it tells of that day's matters as a matter of course.
OF_THE_DAY = re.compile(r"\b(truc ban|trong ngay|hang ngay|(bao cao|bc) ngay|(?<!tu )(?<!den )ngay \d)")
WHOLE_DAY = re.compile(r"\btinh hinh\b.{0,80}\bngay \d|\btrong ngay\b")
CLOCK = re.compile(r"\b\d{1,2}\s?(h|gio)\s?\d{0,2}\b|\b\d{1,2}:\d{2}\b")

# With these a mail speaks of urgent reports or of past matters and is none itself.
ASKING = phrases(
    "gia hạn", "hướng dẫn", "mẫu báo cáo", "biểu mẫu", "giấy mời", "mời họp", "mời dự", "tập huấn", "diễn tập",
    "thực tập phương án", "yêu cầu báo cáo", "đôn đốc", "hội nghị", "hội thảo", "hỏi về", "dự thảo",
    "thư mời", "kính mời", "điểm báo", "thông tin báo chí", "bản tin", "đề nghị cung cấp", "phóng viên", "thư cảm ơn",
    "lịch trực", "quyên góp", "tờ trình", "điểm tin", "đề nghị báo cáo", "biên bản", "danh sách", "thư thử", "tin thử",
    "thử hệ thống", "thử nghiệm hệ thống", "không phải sự việc thật", "không phải sự cố thật",
    "đính chính tin đồn", "bác bỏ tin", "tin sai sự thật", "xin hoãn", "xin lùi", "xin vắng", "thử còi", "thử loa",
    "vận hành thử", "chạy thử", "dự thi", "cuộc thi", "hội thi",
)  # fmt: skip
# What begins so is played, however loudly it is marked.
DRILLS = phrases("diễn tập", "tình huống giả định", "giả định", "thực tập phương án")
# A paper of this kind tells others what to do, where it does not report on what was done by it.
ORDERS = phrases("công điện")
# What is done at the scene, and no paper that the mail would be about.
ACTS = phrases("lập biên bản", "lập danh sách")
THANKS = phrases("cảm ơn", "cám ơn", "thư cảm ơn", "tri ân")
COURTESIES = phrases("cảm ơn", "cám ơn", "đã nhận")
# With these it is about plans and rules, with those about work done: only what has just happened stands out of work.
PLANS = phrases(
    "kế hoạch", "chương trình", "phương án", "tuyên truyền", "chuyên đề", "đề án", "dự án", "quy chế", "luật",
    "nghị quyết", "dự toán", "kinh phí", "thống kê", "góp ý", "đăng ký", "phê duyệt", "quyết định",
    "khen thưởng", "thi đua", "kỷ niệm", "tuyển dụng", "bổ nhiệm", "quyết toán", "nghiệm thu", "cứu trợ",
    "xét xử", "truy tố", "tuyên phạt",
)  # fmt: skip
WORK = phrases(
    "công tác", "kết quả", "tình hình thực hiện", "thông báo", "triển khai", "tham mưu", "đánh giá", "rà soát",
    "kiểm tra",
)  # fmt: skip

HAPPENINGS = phrases(
    "xảy ra", "phát hiện", "bắt quả tang", "bắt giữ", "ghi nhận", "bùng phát", "triệt phá", "xuất hiện", "phát sinh",
    "trình báo",
)  # fmt: skip
ONE_OF_A_KIND = phrases("vụ", "đám", "trận", "đợt", "bốc", "bị", "gây", "sự cố", "đang")
SINGLE = phrases("vụ", "sự cố", "trận", "đám")
AT_THE_SCENE = phrases(
    "dập lửa", "dập tắt", "xe chữa cháy", "khống chế", "hiện trường", "mắc kẹt", "cấp cứu", "bị nạn", "bị thương",
    "sơ tán", "cô lập", "thiệt hại", "lan rất nhanh", "lên nhanh",
)  # fmt: skip
# "Đang chạy" looks like "đang cháy" where marks are missing.
OF_ANYTHING = phrases("đang", "bị")
# Single words that can be no other where marks are missing.
LEGIBLE = frozenset(
    ("chet", "chem", "cuop", "giet", "ngap", "nhot", "killed", "died", "injured", "wounded", "casualties", "collapsed",
     "landslide", "explosion", "exploded", "flooded", "flooding")
)  # fmt: skip
CASUALTIES = phrases(
    "tử vong", "thiệt mạng", "bị thương", "mất tích", "chết người", "nhập viện", "người chết", "vùi lấp",
    "không qua khỏi", "hy sinh", "bỏng nặng",
)  # fmt: skip
EFFECTS = phrases("gây", "khiến", "cuốn", "xảy ra")
# So speaks who stands in the midst of it, whether he names an hour or not.
ONGOING = phrases(
    "đang sơ tán", "đang di dời", "đang lên", "đang dâng", "đang cháy", "đang dập", "đang tìm", "đang cứu",
    "đang huy động", "đang truy", "đang bị", "đang cấp cứu", "đang xuống", "đang lan", "đang chìm", "đang bao vây",
    "đang phong tỏa", "đang ở hiện trường", "gọi 115", "gọi 114", "gọi 113", "chưa rõ thương vong",
    "chưa rõ số thương vong", "chưa giải tán được", "chỉ đạo gấp", "hỗ trợ gấp", "kẹt trên", "mắc kẹt", "bị cô lập",
    "chưa khống chế", "chưa thống kê", "không đi được", "không qua được", "đang trên đường kéo", "đang kéo",
    "chưa tìm thấy", "chưa liên lạc được", "không liên lạc được", "chưa ra ngoài được",
)  # fmt: skip
CLOSINGS = phrases(
    "khắc phục hậu quả", "tổng hợp đợt", "kết thúc đợt", "kết thúc vụ", "kết quả xử lý vụ", "kết quả điều tra vụ",
    "báo cáo kết thúc", "tổng hợp thiệt hại", "tổng hợp tình hình thiệt hại", "hoàn thành khắc phục", "khắc phục xong",
    "hoàn thành sửa chữa", "hoàn thành gia cố",
)  # fmt: skip
# Of a matter that the title has to name besides.
ENDINGS = phrases("kết thúc", "xử lý xong", "chấm dứt")
# A title that says so tells of no new matter.
OVER = phrases(
    "khắc phục xong", "sửa chữa xong", "sửa xong", "hoàn thành khắc phục", "hoàn thành sửa chữa",
    "hoàn thành gia cố", "công bố hết", "hết dịch", "hủy nổ an toàn", "thông xe trở lại", "đã thông xe",
    "đã thông đường", "thông tuyến trở lại", "hoạt động trở lại", "trở lại bình thường", "ổn định trở lại",
    "cấp điện trở lại", "cấp nước trở lại",
)  # fmt: skip
NOT_YET = frozenset(("chua", "khong", "se"))
NOT_YET_REACHES = 3
EVENTS_THEMSELVES = phrases("ổ dịch")
FEARS = phrases(
    "nguy cơ", "khi xảy ra", "nếu xảy ra", "có thể", "khả năng", "dự báo", "cảnh báo", "giả định", "tình huống",
    "phòng chống", "phòng tránh", "chủ động", "phòng ngừa", "ngăn ngừa", "ngăn chặn", "đấu tranh", "phòng cháy",
    "tuyên truyền",
)  # fmt: skip
FEARED_DIRECTLY = phrases(
    "phòng", "chống", "chữa", "ngừa", "dễ", "bùng", "trách nhiệm", "vắc xin", "vaccine", "vacxin", "tiêm chủng"
)
FEAR_REACHES = 8
DENIALS = phrases(
    "không có", "không xảy ra", "không để xảy ra", "không phát sinh", "không phát hiện", "không ghi nhận",
    "không xuất hiện", "không còn", "không vụ", "chưa có", "chưa xảy ra", "chưa phát sinh", "chưa phát hiện",
    "chưa ghi nhận", "chưa để xảy ra", "0 vụ", "00 vụ", "0 trường hợp",
)  # fmt: skip
# What follows these is told again: "không có thiệt hại do mưa lũ".
DENIAL_ENDS = phrases("do", "trong", "vì", "sau", "từ", "bởi", "nhưng", "tuy", "song", "khi", "của", "xảy ra", "bị")
FEAR_ENDS = phrases("do", "trong", "vì", "sau", "bởi", "nhưng", "tuy", "vụ", "đám", "đã")
# "Cháy và nổ không", "cháy cũng không": the topic is the subject of the denial.
LEADING_TO_NOTHING = frozenset(("va", "cung", "deu", "hoan"))
NOTHING = phrases("không", "chưa", "0 vụ", "00 vụ", "0 trường hợp")
NONE_COUNTED = phrases("0", "00")
NOTHING_MORE = frozenset(
    ("co", "xay", "ra", "phat", "sinh", "hien", "ghi", "nhan", "de", "vu", "viec", "nao", "gi", "truong", "hop", "moi")
)

# What is counted over several matters, or over months.
OF_MANY = re.compile(
    r"\b(?:0?[2-9]|\d{2,}) (?:vu|dot|tran)\b|\b\d{1,2} thang (?:dau|qua|nam)\b|\btu dau nam\b"
    r"|\btrong (?:thang|quy|nam|ky)\b"
)
CONTINUATIONS = phrases(
    "tiếp theo", "báo cáo tiếp", "cập nhật", "bổ sung", "diễn biến", "kết thúc", "tổng hợp đợt", "lần hai", "lần 2",
    "lần ba", "lần 3", "lần thứ hai", "đính chính",
    "tin tiếp",
)  # fmt: skip
# A title that begins so tells what became of a matter of which it was told before.
DONE = phrases(
    "đã dập tắt", "đã khống chế", "đã kiểm soát", "đã bắt được", "đã tìm thấy", "đã tìm được", "đã cứu", "đã vớt",
    "đã hủy nổ", "đã vô hiệu hóa", "đã tháo gỡ", "đã giải tán", "đã khắc phục", "đã xử lý", "đã thông", "đã sửa",
    "đã khôi phục", "đã cấp điện", "đã bàn giao", "đã khởi tố", "đã ra đầu thú",
)  # fmt: skip
# What stands in the title of any urgent report, and so tells none from another.
PASSING_WORDS = frozenset(
    phrase(
        "báo cáo bc bcn nhanh số tình hình vụ việc về v tiếp theo lần thứ hai ba cập nhật bổ sung đột xuất khẩn hỏa tốc"
        " cấp thượng tại ở do và của các những một trên địa bàn khu vực huyện xã phường thị trấn tp thành phố tỉnh"
        " thôn làng buôn bản tổ đường ubnd ủy ban nhân dân xảy ra thiệt hại gây lớn đêm tối sáng chiều trưa ngày giờ"
        " tháng năm trái phép nghiêm trọng đến tính tổng hợp đợt kết thúc diễn biến phát hiện nhóm người trường hợp đầu"
        " gửi từ tin liệu đính chính sự cố"
    ).folded
)
COUNTED = re.compile(
    r"\b\d+ (nguoi|nha|ho|khau|ba con|em|chau|tre|be|cu|hoc sinh|hoc vien|giao vien|cong nhan|tho|doi tuong|pham nhan"
    r"|can bo|chien si|dong chi|ngu dan|thuyen vien|hanh khach|du khach|thanh nien|co gai|nam|nu|nan nhan|benh nhan"
    r"|vo chong|dua|truong hop|ca|con|ha|tau|xe|can|can nha|ghe|thuyen|cay|khoi|m3|thi the|khach|lang|thon|trau|bo"
    r"|heo|lon|goc|qua|ba|ong|anh|chi)\b(?! (19|20)\d\d)"
    # "Số người chết tăng lên 4".
    r"|\bso (?:nguoi|nan nhan|benh nhan) (?:chet|tu vong|bi thuong|bi nan|mat tich|nhap vien)(?: \w+){0,3} \d+\b"
)

"""The letters that arrive as PDF. The files are shipped ready made; `tests/corpus/make_demo_files.py` makes them."""

from intake.demo.letter import Letter
from intake.demo.story.writing import letter

REFORM_SNV = letter(
    "SNV", 214, 6,
    "Công tác cải cách hành chính quý III, phương hướng nhiệm vụ quý IV năm 2026",
    "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    "Sở đã kiểm tra công vụ tại 04 xã, phường; kiến nghị khắc phục 11 nội dung về niêm yết thủ tục hành chính.",
    "II. KẾT QUẢ THỰC HIỆN",
    "Tiếp nhận 1.246 hồ sơ, giải quyết trước và đúng hạn 1.239 hồ sơ, đạt 99,4%; 93% văn bản đi được ký số.",
    "III. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV",
    "Tổng hợp kết quả tự chấm điểm chỉ số cải cách hành chính của các cơ quan, địa phương.",
)  # fmt: skip
ECONOMY_SYT = letter(
    "SYT", 377, 15,
    "Tình hình kinh tế - xã hội tháng 10 năm 2026 và nhiệm vụ trọng tâm tháng 11",
    "I. KẾT QUẢ THỰC HIỆN",
    "Các cơ sở y tế khám, chữa bệnh cho 41.870 lượt người; công suất sử dụng giường bệnh đạt 91,6%.",
    "Tỷ lệ bao phủ bảo hiểm y tế đạt 95,2% dân số; 12/12 trạm y tế có bác sĩ làm việc thường xuyên.",
    "II. NHIỆM VỤ TRỌNG TÂM THÁNG 11",
    "Bảo đảm thuốc, vật tư y tế cho các xã bị ảnh hưởng của mưa lũ.",
)  # fmt: skip
ROADS_SXD = letter(
    "SXD", 402, 19,
    "Tình hình trật tự, an toàn giao thông tháng 10 năm 2026",
    "I. TÌNH HÌNH",
    "Từ ngày 15/9 đến ngày 14/10/2026 trên địa bàn tỉnh xảy ra 09 vụ va chạm, làm bị thương 08 người.",
    "II. KẾT QUẢ THỰC HIỆN",
    "Đã sửa chữa 3,2 km mặt đường, bổ sung 26 biển báo; thông tuyến tỉnh lộ 674 sau mưa lũ.",
)  # fmt: skip
ROADS_PDONGAN = letter(
    "PDONGAN", 131, 19,
    "Tình hình trật tự, an toàn giao thông tháng 10 năm 2026 trên địa bàn phường",
    "I. TÌNH HÌNH",
    "Trong kỳ xảy ra 02 vụ va chạm giữa xe máy và xe đạp điện, không có người chết.",
    "II. KẾT QUẢ THỰC HIỆN",
    "Tổ công tác nhắc nhở 47 trường hợp dừng, đỗ xe trước cổng trường; tháo dỡ 09 mái che lấn chiếm vỉa hè.",
)  # fmt: skip

PRINTED: dict[str, Letter] = {
    "214-BC-SNV.pdf": REFORM_SNV,
    "377-BC-SYT.pdf": ECONOMY_SYT,
    "402-BC-SXD.pdf": ROADS_SXD,
    "131-BC-UBND.pdf": ROADS_PDONGAN,
}
LOCKED = "tai-lieu-co-mat-khau.zip"

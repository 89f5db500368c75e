"""What the language calls urgent matters, by category: data beside the keywords that an office configures.

A category counts only where the config has it. The words are as people write them, with the usual confusion of hỏi and
ngã. An idiom hides the keyword within it.
"""

from intake.rules.phrases import phrases

COMMON: dict[str, tuple[str, ...]] = {
    "natural_disaster": (
        "thiên tai", "mưa lũ", "mưa bão", "mưa bảo", "bão lũ", "bão lụt", "lũ lụt", "lủ lụt", "lụt bão", "bão số",
        "siêu bão", "hoàn lưu bão", "áp thấp nhiệt đới", "lũ", "lũ quét", "lủ quét", "lũ ống", "nước lũ", "nước lên",
        "nước dâng", "nước suối lên", "nước suối dâng", "nước sông lên", "nước sông dâng", "nước vào nhà", "nước ngang",
        "ngập đến", "taluy", "nước tràn vào nhà", "mực nước", "bị cô lập", "lũ cuốn", "cuốn trôi", "bị cuốn",
        "nước cuốn", "ngập", "ngập lụt", "ngập úng", "chia cắt", "sạt", "sạt lở", "sạt lỡ", "lở đất", "lở núi",
        "sụt lún", "sụt lở", "đất đá tràn", "đất đổ", "lốc xoáy", "gió lốc", "giông lốc", "dông lốc", "lốc tố",
        "cơn lốc", "giông tố", "mưa đá", "tốc mái", "tróc mái", "bay mái", "sập nhà", "đá lăn", "đá rơi", "đất sụt",
        "đất trượt", "đất đang trượt", "xả lũ", "hố sụt", "sét đánh", "động đất", "dư chấn", "sóng thần", "triều cường",
        "nước biển dâng", "sóng lớn", "hạn hán", "xâm nhập mặn", "rét đậm", "rét hại", "băng giá", "sương muối",
        "vỡ đập", "vỡ đê", "tràn đê", "xói lở", "đứt cầu", "đứt đường",
    ),
    "epidemic": (
        "ổ dịch", "dịch bệnh", "bùng phát dịch", "ca bệnh", "chùm ca bệnh", "ca mắc", "ca nhiễm", "ca nghi nhiễm",
        "ca dương tính", "bạch hầu", "bệnh sởi", "mắc sởi", "ổ dịch sởi", "tay chân miệng", "sốt xuất huyết",
        "bệnh dại", "nghi dại", "chó dại", "chó cắn", "vi rút dại", "bệnh than", "bệnh tả", "viêm phổi", "viêm não",
        "não mô cầu", "ho gà", "tiêu chảy cấp", "tiêu chảy", "nôn ói", "sốt rét", "đậu mùa", "phát ban", "liên cầu lợn",
        "liên cầu khuẩn", "cúm gia cầm", "cúm A", "H5N1", "dịch cúm", "Covid", "dịch tả lợn", "tả lợn châu Phi",
        "dịch tả heo", "tả heo châu Phi", "heo chết", "lợn chết", "gia súc chết", "trâu bò chết", "bò chết",
        "trâu chết", "gia cầm chết", "gà chết", "vịt chết", "lở mồm long móng", "tai xanh", "viêm da nổi cục",
        "ngộ độc", "ngộ độc thực phẩm", "ngộ độc tập thể",
    ),
    "social_evil": (
        "tệ nạn xã hội", "đánh bạc", "sòng bạc", "sới bạc", "xóc đĩa", "cá độ", "đá gà", "ma túy", "heroin", "bay lắc",
        "thuốc lắc", "mại dâm", "mua bán dâm", "tín dụng đen", "cho vay nặng lãi", "mua bán người", "buôn người",
        "buôn bán người", "lừa bán", "đòi nợ thuê", "siết nợ", "xiết nợ", "bị bán sang",
    ),
    "security": (
        "mất an ninh", "an ninh chính trị", "tập trung đông người", "tụ tập đông người", "tụ tập trái phép",
        "kích động", "khiếu kiện đông người", "khiếu kiện vượt cấp", "kéo lên xã", "kéo lên ủy ban", "kéo đến trụ sở",
        "kéo đến ủy ban", "vây trụ sở", "bao vây", "kéo về trụ sở", "kéo về tỉnh", "kéo lên tỉnh", "đòi lương", "cờ lạ",
        "chống phá chính quyền", "biểu tình", "biểu ngữ", "tự thiêu", "tưới xăng", "truyền đơn", "băng rôn", "tà đạo",
        "đạo lạ", "truyền đạo trái phép", "phát tán tài liệu", "Fulro", "bạo loạn", "khủng bố", "phá hoại", "đình công",
        "lãn công", "ngừng việc tập thể", "chặn đường", "dựng lều",
    ),
    "public_order": (
        "gây rối", "gây rối trật tự", "giết người", "giết", "sát hại", "án mạng", "đâm chết", "chém",
        "cố ý gây thương tích", "hành hung", "hung khí", "chống người thi hành công vụ", "cướp", "cướp giật", "bắt cóc",
        "con tin", "phóng hỏa", "đốt nhà", "bắn chết", "giẫm đạp", "trật bánh", "hiếp dâm", "đánh hội đồng", "đánh đập",
        "bạo hành", "vượt ngục", "trốn trại", "trốn khỏi trại", "trốn khỏi nhà tạm giữ", "xâm hại", "đánh nhau",
        "đâm nhau", "hỗn chiến", "ẩu đả", "xô xát", "rượt đuổi", "đua xe", "nổ súng", "súng tự chế", "ném đá",
        "bom xăng", "tai nạn giao thông", "TNGT", "tai nạn xe", "tai nạn đường sắt", "lật xe", "đập phá", "tự sát",
        "tự tử",
    ),
    "fire_explosion": (
        "cháy", "nổ", "hỏa hoạn", "cháy rừng", "bốc cháy", "đám cháy", "phát nổ", "chập điện", "thiêu rụi",
        "vật liệu nổ", "nổ bình gas", "nổ bình ga", "nổ mìn", "nổ lò hơi", "bom mìn", "đầu đạn", "quả bom", "quả mìn",
        "lựu đạn", "đạn pháo",
    ),
    "border_crossing": (
        "vượt biên", "vượt biên giới", "xuất cảnh trái phép", "nhập cảnh trái phép", "xuất nhập cảnh trái phép",
        "trốn qua biên giới", "qua biên giới trái phép", "xâm nhập biên giới", "xâm nhập khu vực biên giới", "xâm canh",
        "bơi qua sông biên giới", "từ bên kia biên giới", "sang bên kia biên giới", "đường tiểu ngạch",
        "vượt sông sang",
    ),
    "deforestation": (
        "phá rừng", "mất rừng", "chặt phá rừng", "chặt phá", "hủy hoại rừng", "rừng bị phá", "rừng bị chặt",
        "rừng bị đốn", "rừng bị hủy hoại", "cưa hạ", "cưa trộm", "chặt trộm", "đốn hạ", "chặt hạ",
        "khai thác gỗ trái phép", "khai thác lâm sản trái phép", "khai thác rừng trái phép", "lấn chiếm đất rừng",
        "lấn chiếm rừng", "lấn rừng", "phát rừng", "ủi rừng", "đốt rừng làm rẫy", "lâm tặc", "gỗ lậu", "cưa gỗ",
        "gỗ không có nguồn gốc", "gỗ khai thác trái phép", "chở gỗ", "vận chuyển gỗ", "gỗ tròn", "khối gỗ",
    ),
    "other": (
        "đuối nước", "chết đuối", "sập công trình", "sập giàn giáo", "sập cầu", "sập hầm", "sập mỏ", "sập trần",
        "sập đổ", "sự cố nghiêm trọng", "tai nạn lao động", "rò rỉ", "tràn dầu", "mất tích", "đánh chìm", "chìm tàu",
        "chìm thuyền", "mất điện toàn", "mất liên lạc", "lật thuyền", "chết hàng loạt", "cá chết", "xả thải",
        "vỡ đường ống", "voi rừng", "thú dữ", "đứt cáp", "sập lò",
    ),
}  # fmt: skip

# "Cháy hàng", "nổ lực": none of these words is about a fire or an explosion.
IDIOMS = phrases(
    "cháy hàng", "cháy phòng", "cháy vé", "cháy túi", "cháy hết mình", "cháy bỏng", "cháy giáo án", "nổ lực", "bùng nổ",
    "nổ máy", "máy nổ", "nổ ra tranh luận", "bão giá", "bão mạng", "ngập mặn", "ngập tràn", "cướp công", "giết mổ",
    "giết thịt", "kẹt máy in", "kẹt giấy", "bị kẹt máy in", "bị kẹt giấy", "kẹt lịch", "mất tích trong chiến tranh",
    "sạt nghiệp", "vùng lũ", "nhà tránh lũ", "sống chung với lũ",
)  # fmt: skip

# What is worth an alarm whatever it came from. It names no category, so any other word is the nearer one.
HARMS = phrases(
    "tử vong", "thiệt mạng", "bị thương", "chết người", "người chết", "mắc kẹt", "bị kẹt", "người kẹt", "cấp cứu",
    "thương vong", "nạn nhân", "bị nạn", "sơ tán", "di dời khẩn cấp", "cầu cứu", "ngạt khí", "cứu nạn", "sập nhà",
    "chìm", "hôn mê", "vùi lấp", "nguy kịch", "bất tỉnh", "ngất xỉu", "không qua khỏi", "hy sinh", "chấn thương sọ não",
    "đè sập",
)  # fmt: skip

# What befalls people and things, whatever the matter is called: the plainest words need no number beside them.
MISFORTUNES = phrases(
    "chết", "tử vong", "thi thể", "đổ", "sập", "vùi", "lấp", "kẹt trên", "kẹt trong", "kẹt dưới", "kẹt lại", "đứt",
    "tắc", "chặn", "cấm", "đập", "phá", "trốn", "bỏ đi", "bỏng", "nôn", "kéo lên", "kéo đến", "đòi", "trôi", "hư hỏng",
    "tràn", "nứt", "rơi", "đâm", "va chạm", "nghi", "cấp cứu", "nguy kịch", "chưa tìm", "kéo về", "vây", "ngất", "lừa",
    "bắn", "dọa", "chưa về",
)  # fmt: skip
CALAMITIES = phrases(
    "chết", "tử vong", "thi thể", "mắc kẹt", "nguy kịch", "bất tỉnh", "co giật", "hoảng loạn", "hoang mang", "tê liệt",
    "di tản", "di dời dân", "mất kiểm soát", "không kiểm soát", "phong tỏa", "cố thủ", "vây bắt", "truy bắt", "bỏ chạy",
    "kêu cứu", "ứng cứu", "chi viện", "cứu hộ", "giải cứu", "tự tử", "trúng đạn", "mất liên lạc",
)  # fmt: skip

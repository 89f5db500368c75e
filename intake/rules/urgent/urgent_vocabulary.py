"""What the language calls urgent matters, by category: data beside the keywords that an office configures.

A category counts only where the config has it. The words are as people write them, with the usual confusion of hỏi and
ngã. An idiom hides the keyword within it.
"""

from intake.rules.language.phrases import phrases

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
        "vỡ đập", "vỡ đê", "tràn đê", "xói lở", "đứt cầu", "đứt đường", "nước sông về", "nước lên nhanh", "chảy xiết",
        "trận lũ", "gió xoáy", "mái đập", "thân đập", "chân đập", "đập lún", "trên ngưỡng tràn", "vượt ngưỡng tràn",
        "độ mặn", "mặn vượt ngưỡng", "nước biển đã vào", "đẩy mặn", "chết khát", "cạn trơ đáy", "trơ đáy",
        "lấp kín mặt đường", "đồi tụt", "đồi trượt", "núi nứt", "nước suối về", "ngồi trên mái", "sóng đánh",
        "nắng hạn", "đất nứt", "mưa lớn kéo dài",
    ),
    "epidemic": (
        "ổ dịch", "dịch bệnh", "bùng phát dịch", "ca bệnh", "chùm ca bệnh", "ca mắc", "ca nhiễm", "ca nghi nhiễm",
        "ca dương tính", "bạch hầu", "bệnh sởi", "mắc sởi", "ổ dịch sởi", "tay chân miệng", "sốt xuất huyết",
        "bệnh dại", "nghi dại", "chó dại", "chó cắn", "vi rút dại", "bệnh than", "bệnh tả", "viêm phổi", "viêm não",
        "não mô cầu", "ho gà", "tiêu chảy cấp", "tiêu chảy", "nôn ói", "sốt rét", "đậu mùa", "phát ban", "liên cầu lợn",
        "liên cầu khuẩn", "cúm gia cầm", "cúm A", "H5N1", "dịch cúm", "Covid", "dịch tả lợn", "tả lợn châu Phi",
        "dịch tả heo", "tả heo châu Phi", "heo chết", "lợn chết", "gia súc chết", "trâu bò chết", "bò chết",
        "trâu chết", "gia cầm chết", "gà chết", "vịt chết", "lở mồm long móng", "tai xanh", "viêm da nổi cục",
        "ngộ độc", "ngộ độc thực phẩm", "ngộ độc tập thể", "DTLCP", "LMLM", "chết dồn", "nôn thốc", "nôn mửa",
        "cũng nôn", "ôm bụng", "dương tính dại", "sùi bọt", "nghi NMC", "thủy đậu", "bệnh lạ", "cùng triệu chứng",
        "sốt cao co giật", "mẩn đỏ hàng loạt", "heo bệnh", "lợn bệnh", "gà chết hàng loạt", "vịt chết hàng loạt",
        "gia cầm chết hàng loạt", "heo chết hàng loạt", "lợn chết hàng loạt", "bò chết hàng loạt",
        "trâu chết hàng loạt", "gia súc chết hàng loạt",
    ),
    "social_evil": (
        "tệ nạn xã hội", "đánh bạc", "sòng bạc", "sới bạc", "xóc đĩa", "cá độ", "đá gà", "ma túy", "heroin", "bay lắc",
        "thuốc lắc", "mại dâm", "mua bán dâm", "tín dụng đen", "cho vay nặng lãi", "mua bán người", "buôn người",
        "buôn bán người", "lừa bán", "đòi nợ thuê", "siết nợ", "xiết nợ", "bị bán sang", "bán dâm", "trường gà",
        "độ banh", "ghi đề", "số đề", "tiền trên chiếu", "ketamin", "vay nóng", "tiền vay nóng", "động mại dâm",
        "sát phạt",
    ),
    "security": (
        "mất an ninh", "an ninh chính trị", "tập trung đông người", "tụ tập đông người", "tụ tập trái phép",
        "kích động", "khiếu kiện đông người", "khiếu kiện vượt cấp", "kéo lên xã", "kéo lên ủy ban", "kéo đến trụ sở",
        "kéo đến ủy ban", "vây trụ sở", "bao vây", "kéo về trụ sở", "kéo về tỉnh", "kéo lên tỉnh", "đòi lương", "cờ lạ",
        "chống phá chính quyền", "biểu tình", "biểu ngữ", "tự thiêu", "tưới xăng", "truyền đơn", "băng rôn", "tà đạo",
        "đạo lạ", "truyền đạo trái phép", "phát tán tài liệu", "Fulro", "bạo loạn", "khủng bố", "phá hoại", "đình công",
        "lãn công", "ngừng việc tập thể", "chặn đường", "dựng lều", "chắn cổng", "nằm chắn", "không vào xưởng",
        "bỏ vào xưởng", "đồng loạt nghỉ việc", "nghỉ việc tập thể", "đòi trả thưởng", "đòi đất", "quan tài",
        "kéo tiếp lên", "lập nhà nước riêng",
    ),
    "public_order": (
        "gây rối", "gây rối trật tự", "giết người", "giết", "sát hại", "án mạng", "đâm chết", "chém",
        "cố ý gây thương tích", "hành hung", "hung khí", "chống người thi hành công vụ", "cướp", "cướp giật", "bắt cóc",
        "con tin", "phóng hỏa", "đốt nhà", "bắn chết", "giẫm đạp", "trật bánh", "hiếp dâm", "đánh hội đồng", "đánh đập",
        "bạo hành", "vượt ngục", "trốn trại", "trốn khỏi trại", "trốn khỏi nhà tạm giữ", "xâm hại", "đánh nhau",
        "đâm nhau", "hỗn chiến", "ẩu đả", "xô xát", "rượt đuổi", "đua xe", "nổ súng", "súng tự chế", "ném đá",
        "bom xăng", "tai nạn giao thông", "TNGT", "tai nạn xe", "tai nạn đường sắt", "lật xe", "đập phá", "tự sát",
        "tự tử", "đâm thấu", "bị chém", "bị bắn", "rút dao", "truy sát", "rơi xuống vực", "lao xuống vực",
        "xe khách lật", "tông liên hoàn", "bắt giữ con tin", "cố thủ", "côn đồ", "băng nhóm",
    ),
    "fire_explosion": (
        "cháy", "nổ", "hỏa hoạn", "cháy rừng", "bốc cháy", "đám cháy", "phát nổ", "chập điện", "thiêu rụi",
        "vật liệu nổ", "nổ bình gas", "nổ bình ga", "nổ mìn", "nổ lò hơi", "bom mìn", "đầu đạn", "quả bom", "quả mìn",
        "lựu đạn", "đạn pháo", "lửa lan", "bén lửa", "lửa đang", "lửa rừng", "lửa bùng", "phụt lửa", "bình ga",
        "kho xăng", "M79",
    ),
    "border_crossing": (
        "vượt biên", "vượt biên giới", "xuất cảnh trái phép", "nhập cảnh trái phép", "xuất nhập cảnh trái phép",
        "trốn qua biên giới", "qua biên giới trái phép", "xâm nhập biên giới", "xâm nhập khu vực biên giới", "xâm canh",
        "bơi qua sông biên giới", "từ bên kia biên giới", "sang bên kia biên giới", "đường tiểu ngạch",
        "vượt sông sang", "bơi sông", "gần cột mốc", "phía nam mốc", "phía bắc mốc", "vượt sông từ đất", "từ Campuchia",
        "từ Lào sang", "từ phía bên kia sang", "từ phía bên kia", "ngoại biên", "vào đất ta", "lối mòn sang",
        "không hộ chiếu", "lội qua suối biên giới", "lén lút qua", "lén qua", "lẻn qua", "lén sang", "lẻn sang",
        "trốn sang", "người nước ngoài xâm nhập",
    ),
    "deforestation": (
        "phá rừng", "mất rừng", "chặt phá rừng", "chặt phá", "hủy hoại rừng", "rừng bị phá", "rừng bị chặt",
        "rừng bị đốn", "rừng bị hủy hoại", "cưa hạ", "cưa trộm", "chặt trộm", "đốn hạ", "chặt hạ",
        "khai thác gỗ trái phép", "khai thác lâm sản trái phép", "khai thác rừng trái phép", "lấn chiếm đất rừng",
        "lấn chiếm rừng", "lấn rừng", "phát rừng", "ủi rừng", "đốt rừng làm rẫy", "lâm tặc", "gỗ lậu", "cưa gỗ",
        "gỗ không có nguồn gốc", "gỗ khai thác trái phép", "chở gỗ", "vận chuyển gỗ", "gỗ tròn", "khối gỗ", "khoan gốc",
        "đầu độc cây", "tiếng cưa", "cưa xăng", "ủi trắng", "hộp gỗ", "gỗ quý", "xẻ gỗ", "gốc lim", "gốc hương",
        "rừng già nằm", "san phẳng rừng",
    ),
    "other": (
        "đuối nước", "chết đuối", "sập công trình", "sập giàn giáo", "sập cầu", "sập hầm", "sập mỏ", "sập trần",
        "sập đổ", "sự cố nghiêm trọng", "tai nạn lao động", "rò rỉ", "tràn dầu", "mất tích", "đánh chìm", "chìm tàu",
        "chìm thuyền", "mất điện toàn", "mất liên lạc", "lật thuyền", "chết hàng loạt", "cá chết", "xả thải",
        "vỡ đường ống", "voi rừng", "thú dữ", "đứt cáp", "sập lò", "sụm", "cầu sụm", "ụp miệng", "bị ụp",
        "sập bãi vàng", "hầm vàng", "vệt dầu", "dầu loang", "dầu đen", "váng dầu", "lần cuối có tín hiệu",
        "mất tín hiệu", "nguồn phóng xạ", "phóng xạ", "suất liều", "xì khí", "khí clo", "bình clo", "khí độc",
        "amoniac", "sổng chuồng", "xổng chuồng", "đứt cáp quang", "ngạt khí",
    ),
}  # fmt: skip

# "Cháy hàng", "nổ lực": none of these words is about a fire or an explosion.
IDIOMS = phrases(
    "cháy hàng", "cháy phòng", "cháy vé", "cháy túi", "cháy hết mình", "cháy bỏng", "cháy giáo án", "nổ lực", "bùng nổ",
    "nổ máy", "chết máy", "chưa thấy thiệt hại", "chưa thấy gì", "chưa thấy ai bị", "máy nổ", "xe nổ", "cháy lá",
    "cháy nắng", "cháy da", "nổ ra tranh luận", "bão giá", "bão mạng", "ngập mặn", "ngập tràn", "cướp công", "giết mổ",
    "giết thịt", "kẹt máy in", "kẹt giấy", "bị kẹt máy in", "bị kẹt giấy", "kẹt lịch", "mất tích trong chiến tranh",
    "sạt nghiệp", "vùng lũ", "nhà tránh lũ", "sống chung với lũ", "bảo hiểm cháy nổ", "bảo hiểm cháy, nổ",
    "bảo hiểm thiên tai", "rủi ro thiên tai",
)  # fmt: skip

# What is worth an alarm whatever it came from. It names no category, so any other word is the nearer one.
HARMS = phrases(
    "tử vong", "thiệt mạng", "bị thương", "chết người", "người chết", "mắc kẹt", "bị kẹt", "người kẹt", "cấp cứu",
    "thương vong", "nạn nhân", "bị nạn", "sơ tán", "di dời khẩn cấp", "cầu cứu", "ngạt khí", "cứu nạn", "sập nhà",
    "chìm", "hôn mê", "vùi lấp", "nguy kịch", "bất tỉnh", "ngất xỉu", "không qua khỏi", "hy sinh", "chấn thương sọ não",
    "đè sập",
)  # fmt: skip

# What follows from matters of every category, and so names none where anything else does.
CONSEQUENCES = frozenset(
    (
        "mất liên lạc",
        "mất tích",
        "chia cắt",
        "bị cô lập",
        "cô lập",
        "đứt đường",
        "chặn đường",
        "mất điện toàn",
        "mất tín hiệu",
        "chảy xiết",
    )
)

//! Words to make reviews of: sentences with holes, and what fills them.

/// Fillers of `{thing}` in Chinese.
pub const THINGS_ZH: &[&str] = &[
    "这件卫衣",
    "这双运动鞋",
    "这条牛仔裤",
    "保温杯",
    "台灯",
    "蓝牙耳机",
    "充电宝",
    "电饭煲",
    "双肩包",
    "床单",
    "雨伞",
    "键盘",
    "面霜",
    "洗发水",
    "坚果礼盒",
    "茶叶",
    "玩具车",
    "书架",
    "瑜伽垫",
    "行李箱",
    "毛巾",
    "手机壳",
    "锅铲",
    "地垫",
];

/// Fillers of `{thing}` in English.
pub const THINGS_EN: &[&str] = &[
    "hoodie",
    "running shoes",
    "kettle",
    "desk lamp",
    "headphones",
    "power bank",
    "backpack",
    "bed sheet",
    "umbrella",
    "keyboard",
    "face cream",
    "shampoo",
    "tea set",
    "toy truck",
    "bookshelf",
    "yoga mat",
    "suitcase",
    "phone case",
];

/// Complaints in Chinese.
pub const BAD_ZH: &[&str] = &[
    "{thing}穿了{n}天就开线了,质量太差",
    "{thing}用了不到{n}天就坏了,客服还推来推去",
    "收到的时候外包装都破了,{thing}也磕了一角",
    "颜色跟图片完全不一样,{thing}看着很廉价",
    "尺码偏小{n}厘米,根本穿不上",
    "等了{n}天才到,快递放门口电话都不打一个",
    "少发了一件,问客服{n}次都没人回",
    "{thing}味道特别大,放了{n}天还是很呛",
    "降价了{n}块也不给补差价,心寒",
    "怀疑{thing}不是正品,跟专柜买的不一样",
];

/// Praise in Chinese.
pub const GOOD_ZH: &[&str] = &[
    "{thing}质量很好,用了{n}天没毛病",
    "物流很快,{n}天就到了,包装也严实",
    "客服很耐心,{thing}和描述一样",
    "第{n}次回购了,一如既往地好",
    "{thing}颜色正,大小合适,家里人都说好看",
    "性价比高,{n}块钱能买到这样的{thing}很值",
];

/// Complaints in English.
pub const BAD_EN: &[&str] = &[
    "The {thing} broke after {n} days and nobody answers my messages.",
    "Arrived {n} days late and the box was crushed.",
    "Runs way too small, I ordered a size up and it still does not fit.",
    "Not as described, the {thing} looks nothing like the photo.",
    "Missing parts, I have written {n} times and got no reply.",
    "Cheap material, the {thing} smells awful even after {n} washes.",
];

/// Praise in English.
pub const GOOD_EN: &[&str] = &[
    "Great {thing}, I have used it for {n} days and love it.",
    "Fast shipping, arrived in {n} days, well packed.",
    "The {thing} fits perfectly and looks just like the picture.",
    "Bought {n} of these, the quality is excellent.",
];

/// Things people add after the main sentence, in either mood.
pub const TAILS: &[&str] =
    &["", "", "", "。", "!!!", " 就这样吧", " 先用着看", " 图片仅供参考", "  Thanks.", " 给朋友也买了一份"];
